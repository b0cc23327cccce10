package gateway;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a further attempt: exponential with full jitter, as in Marc Brooker's "Exponential
 * Backoff And Jitter" (AWS Architecture Blog, 2015). The whole delay is random, so that gateways which lost
 * the same hub at the same moment do not return to it at the same moment.
 *
 * @param base the bound of the first delay, from 1 ms
 * @param cap the bound of every delay, from {@code base} to 24 hours
 */
public record Backoff(Duration base, Duration cap) {

    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration MOST = Duration.ofHours(24);

    // Stands behind the bounds that it is checked against.
    /** 100 ms, up to 10 s. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    public Backoff {
        if (base.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("base must be at least 1 ms, and was " + base);
        }
        if (cap.compareTo(base) < 0 || cap.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("cap must be from base (" + base + ") to 24 hours, and was " + cap);
        }
    }

    /** The longest delay after a number of failures in a row: {@code min(cap, base * 2^failures)}. */
    Duration ceiling(int failures) {
        // The cap is shifted down rather than base up, which would overflow.
        boolean capped = failures >= Long.SIZE - 1 || base.toNanos() > cap.toNanos() >> failures;
        return capped ? cap : Duration.ofNanos(base.toNanos() << failures);
    }

    /** A delay between zero and {@link #ceiling}, both inclusive, every one as likely. */
    Duration delay(int failures, RandomGenerator random) {
        return Duration.ofNanos(random.nextLong(ceiling(failures).toNanos() + 1));
    }
}
