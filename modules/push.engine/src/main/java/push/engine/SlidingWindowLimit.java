package push.engine;

import java.time.Duration;

/** Allows something so many times within any span of so much time. Not safe for several threads. */
final class SlidingWindowLimit {

    private final long spanNanos;
    private final long[] times;
    private long allowed;

    SlidingWindowLimit(int times, Duration span) {
        this.times = new long[times];
        this.spanNanos = span.toNanos();
    }

    /** Whether it may happen now. Changes nothing. */
    boolean allows(long now) {
        // Else as many as allowed lie within the span.
        return allowed < times.length || now - times[oldest()] >= spanNanos;
    }

    /** Whether it may happen now; if so it counts as having happened. */
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
