package push.transport;

import java.time.Duration;

/**
 * How long a peer may be inactive.
 *
 * @param stallTimeout how long a reader may accept nothing of what waits for it before its stream is ended
 * @param keepalive how long a peer may be silent, or read nothing of what waits for it, before its connection is cut; a
 *     silent peer is sent a PING after a third of this time
 */
public record StreamLimits(Duration stallTimeout, Duration keepalive) {

    private static final Duration MOST = Duration.ofDays(365 * 100);

    /** @throws IllegalArgumentException naming the component, its value and the allowed range */
    public StreamLimits {
        require("stallTimeout", stallTimeout);
        require("keepalive", keepalive);
    }

    private static void require(String component, Duration value) {
        if (!value.isPositive() || value.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    component + " must be positive and at most a hundred years, but was " + value);
        }
    }

    /** A stall timeout of two minutes, and a keepalive of one minute. */
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
