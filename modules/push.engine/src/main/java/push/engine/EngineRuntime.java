package push.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Everything that the engine needs from the machine: clocks, threads and random numbers. A test that provides its own
 * runtime decides when time passes and which thread runs.
 *
 * <p>Retention follows {@link #nanoTime}; wall-clock time is only displayed.
 */
public interface EngineRuntime extends InstantSource {

    /** Returns a monotonic time in nanoseconds, with an arbitrary origin: see {@link System#nanoTime}. */
    long nanoTime();

    /** Starts a thread that lives as long as the hub, and does not keep the process alive. */
    Thread start(String name, Runnable task);

    /** Makes the current thread wait: see {@link LockSupport#park(Object)}. */
    void park(Object blocker);

    /** The same as {@link #park(Object)}, for at most {@code nanos} nanoseconds. */
    void park(Object blocker, long nanos);

    /** Ends a thread's current or next wait: see {@link LockSupport#unpark}. */
    void unpark(Thread thread);

    /** Returns how many threads can run at the same time, at least 1. */
    default int processors() {
        return 1;
    }

    /** Returns a random number, at least 0 and below 1. */
    double random();

    /** Returns a runtime on the real machine. */
    static EngineRuntime system() {
        return new EngineRuntime() {
            @Override
            public Instant instant() {
                return InstantSource.system().instant();
            }

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public Thread start(String name, Runnable task) {
                return Thread.ofPlatform().daemon().name(name).start(task);
            }

            @Override
            public int processors() {
                return Runtime.getRuntime().availableProcessors();
            }

            @Override
            public void park(Object blocker) {
                LockSupport.park(blocker);
            }

            @Override
            public void park(Object blocker, long nanos) {
                LockSupport.parkNanos(blocker, nanos);
            }

            @Override
            public void unpark(Thread thread) {
                LockSupport.unpark(thread);
            }

            @Override
            public double random() {
                return ThreadLocalRandom.current().nextDouble();
            }
        };
    }
}
