package idempotency;

import java.time.Duration;

/** Waits, and measures time with a clock that is never set forward or back. */
interface Sleeper {

    /** The sleeper that uses the clock of the JVM. */
    Sleeper REAL = new Sleeper() {

        @Override
        public void sleep(Duration time) throws InterruptedException {
            Thread.sleep(time);
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    };

    /** Waits for this time. */
    void sleep(Duration time) throws InterruptedException;

    /** The time since some fixed moment, in nanoseconds. */
    long nanoTime();
}
