package push.engine;

import java.time.Duration;

/** Allows an action at most a given number of times within any period of a given length. Not thread-safe. */
final class SlidingWindowLimit {

    private final long spanNanos;
    private final long[] times;
    private long allowed;

    SlidingWindowLimit(int times, Duration span) {
        this.times = new long[times];
        this.spanNanos = span.toNanos();
    }

    /** Returns true if the action is allowed now. Changes nothing. */
    boolean allows(long now) {
        // Otherwise the maximum number of actions lie within the period.
        return allowed < times.length || now - times[oldest()] >= spanNanos;
    }

    /** Returns true if the action is allowed now, and counts it if so. */
    boolean tryAcquire(long now) {
        if (!allows(now)) {
            return false;
        }
        times[oldest()] = now;
        allowed++;
        return true;
    }

    private int oldest() {
        return (int) (allowed % times.length);
    }
}
