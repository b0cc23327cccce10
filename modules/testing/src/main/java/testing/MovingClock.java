package testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that advances only when a test advances it. Thread-safe. */
public class MovingClock implements InstantSource {

    private long nanos;

    private Instant now = Instant.parse("2026-01-31T12:00:00Z");

    /** Starts at an arbitrary time. */
    public MovingClock() {}

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Returns the monotonic time, as {@link System#nanoTime} does. */
    public synchronized long nanoTime() {
        return nanos;
    }

    /** Advances both the wall-clock time and the monotonic time. */
    public synchronized void advance(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    /** Sets the wall clock forward, or back if negative, while the monotonic time stays the same. */
    public synchronized void put(Duration forward) {
        now = now.plus(forward);
    }
}
