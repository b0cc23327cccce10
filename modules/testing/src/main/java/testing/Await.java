package testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread or process brings about. */
public final class Await {

    private static final long LOOK_AGAIN_NANOS = 5_000_000;

    private Await() {}

    /** What is waited for; may throw what its look throws. */
    @FunctionalInterface
    public interface Condition {

        /** Whether it has come about. */
        boolean holds() throws Exception;
    }

    /**
     * Returns as soon as the condition holds.
     *
     * @throws AssertionError when it does not within {@code atMost}
     */
    public static void until(String what, Duration atMost, Condition condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - start > atMost.toNanos()) {
                throw new AssertionError("not within " + atMost + ": " + what);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
