package testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes when a test says so. Thread-safe. */
public class MovingClock implements InstantSource {

    private long nanos;

    private Instant now = Instant.parse("2026-01-31T12:00:00Z");

    /** Begins at an arbitrary time. */
    public MovingClock() {}

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** As {@link System#nanoTime}. */
    public synchronized long nanoTime() {
        return nanos;
    }

    /** Lets time pass. */
    public synchronized void advance(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    /** Puts the clock forward, or back, without any time having passed. */
    public synchronized void put(Duration forward) {
        now = now.plus(forward);
    }
}
