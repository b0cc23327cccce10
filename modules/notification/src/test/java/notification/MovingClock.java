package notification;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes when a test says so. */
final class MovingClock implements InstantSource, IdempotencyKeys.Pause {

    private long nanos;

    private Instant now = Instant.parse("2026-01-31T12:00:00Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    synchronized void advance(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    /** Puts the clock forward, or back, without any time having passed. */
    synchronized void put(Duration forward) {
        now = now.plus(forward);
    }

    @Override
    public void rest(Duration time) {
        advance(time);
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }
}
