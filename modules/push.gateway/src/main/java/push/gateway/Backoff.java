package push.gateway;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The delay before a further attempt: exponential back-off with full jitter, as in Marc Brooker's "Exponential Backoff
 * And Jitter" (AWS Architecture Blog, 2015). The whole delay is random, so gateways that lose the same hub at the same
 * moment do not all reconnect at the same moment. Immutable.
 *
 * @param base the upper bound of the first delay, at least 1 ms
 * @param cap the upper bound of every delay, from {@code base} to 24 hours
 */
public record Backoff(Duration base, Duration cap) {

    private static final Duration MIN_BASE = Duration.ofMillis(1);
    private static final Duration MAX_CAP = Duration.ofHours(24);

    // Must follow MIN_BASE and MAX_CAP, which the constructor reads.
    /** A base of 100 ms and a cap of 10 s. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    /** @throws IllegalArgumentException if {@code base} or {@code cap} is out of range */
    public Backoff {
        if (base.compareTo(MIN_BASE) < 0) {
            throw new IllegalArgumentException("base must be at least 1 ms, but was " + base);
        }
        if (cap.compareTo(base) < 0 || cap.compareTo(MAX_CAP) > 0) {
            throw new IllegalArgumentException("cap must be from base (" + base + ") to 24 hours, but was " + cap);
        }
    }

    /** The upper bound of the delay after a number of consecutive failures: {@code min(cap, base * 2^failures)}. */
    Duration ceiling(int failures) {
        // Shifts the cap down, because shifting the base up could overflow.
        boolean capped = failures >= Long.SIZE - 1 || base.toNanos() > cap.toNanos() >> failures;
        return capped ? cap : Duration.ofNanos(base.toNanos() << failures);
    }

    /** A delay chosen uniformly from zero to {@link #ceiling}, both inclusive. */
    Duration delay(int failures, RandomGenerator random) {
        return Duration.ofNanos(random.nextLong(ceiling(failures).toNanos() + 1));
    }
}
