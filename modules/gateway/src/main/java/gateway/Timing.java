package gateway;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Where a client's time and luck come from.
 *
 * @param random draws the jitter
 * @param pause waits between attempts
 * @param nanoTime as {@link System#nanoTime}
 */
record Timing(RandomGenerator random, Pause pause, LongSupplier nanoTime) {

    static Timing system() {
        return new Timing(new SplittableRandom(), Thread::sleep, System::nanoTime);
    }

    @FunctionalInterface
    interface Pause {
        void sleep(Duration delay) throws InterruptedException;
    }
}
