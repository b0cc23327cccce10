package idempotency;

import java.time.Duration;
import testing.MovingClock;

/** A clock that advances when a process waits. */
final class PassingTime extends MovingClock implements Sleeper {

    @Override
    public void sleep(Duration time) {
        advance(time);
    }
}
