package testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition that another thread or process makes true. */
public final class Await {

    private static final long LOOK_AGAIN_NANOS = 5_000_000;

    private Await() {}

    /** The condition to wait for. */
    @FunctionalInterface
    public interface Condition {

        /** Returns true if the condition holds. */
        boolean holds() throws Exception;
    }

    /**
     * Returns as soon as the condition holds.
     *
     * @throws AssertionError if the condition does not hold within {@code atMost}
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
