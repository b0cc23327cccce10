package push.transport.gate;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * The clocks and the timer of the transport. A test that provides its own runtime decides when time passes.
 *
 * <p>All limits follow {@link #nanoTime}; wall-clock time is only displayed.
 */
public interface GateRuntime extends InstantSource {

    /** Returns a monotonic time in nanoseconds, with an arbitrary origin: see {@link System#nanoTime}. */
    long nanoTime();

    /**
     * Starts a timer with a thread of its own, which does not keep the process alive.
     *
     * @param name the name of the thread
     */
    Timer startTimer(String name);

    /** Makes the current thread wait: see {@link LockSupport#parkNanos(Object, long)}. */
    void park(Object blocker, long nanos);

    /** Returns the runtime of the real machine. */
    static GateRuntime system() {
        return new SystemRuntime();
    }

    /**
     * Runs tasks later, one at a time. A task must not throw. After {@link #close}, tasks are ignored. Thread-safe.
     */
    interface Timer extends AutoCloseable {

        /** Runs the task after a delay, unless the future is cancelled before. */
        Future<?> after(long nanos, Runnable task);

        /** Runs the task again and again, with this pause before each run. */
        void every(Duration pause, Runnable task);

        /** The number of tasks of {@link #after} that have not run yet and are not cancelled. */
        int pending();

        /** Discards all tasks, and interrupts the running one. */
        @Override
        void close();
    }
}
