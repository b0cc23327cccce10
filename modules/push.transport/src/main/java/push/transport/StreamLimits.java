package push.transport;

import java.time.Duration;

/**
 * How long a peer may do nothing.
 *
 * @param stallTimeout how long a reader may take nothing of what waits for it before its stream is ended
 * @param keepalive how long nothing may be heard from a peer, which is asked for an answer half-way, before its
 *     connection is cut
 */
public record StreamLimits(Duration stallTimeout, Duration keepalive) {

    private static final Duration MOST = Duration.ofDays(365 * 100);

    /** @throws IllegalArgumentException naming the component, its value and what is allowed */
    public StreamLimits {
        require("stallTimeout", stallTimeout);
        require("keepalive", keepalive);
    }

    private static void require(String component, Duration value) {
        if (!value.isPositive() || value.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    component + " must be positive and at most a hundred years, and was " + value);
        }
    }

    /** Two minutes, and one. */
    public static StreamLimits defaults() {
        return new StreamLimits(Duration.ofMinutes(2), Duration.ofMinutes(1));
    }

    long stallNanos() {
        return stallTimeout.toNanos();
    }

    long keepaliveNanos() {
        return keepalive.toNanos();
    }
}
