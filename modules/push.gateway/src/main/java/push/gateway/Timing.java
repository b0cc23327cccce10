package push.gateway;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The sources of a client's time and randomness. Tests replace them.
 *
 * @param random the source of the jitter
 * @param pause the wait between attempts
 * @param nanoTime the clock, on the scale of {@link System#nanoTime}
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
