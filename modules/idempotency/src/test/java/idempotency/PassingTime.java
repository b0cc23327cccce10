package idempotency;

import java.time.Duration;
import testing.MovingClock;

/** A clock that is put forward by whoever waits. */
final class PassingTime extends MovingClock implements IdempotencyKeys.Pause {

    @Override
    public void rest(Duration time) {
        advance(time);
    }
}
