package push.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Everything that the engine needs of the machine below it: clocks, threads and chance. A test that
 * brings its own decides when time passes and who runs.
 *
 * <p>Retention follows {@link #nanoTime}; wall time is only shown.
 */
public interface EngineRuntime extends InstantSource {

    /** Monotonic, in nanoseconds, of arbitrary origin: see {@link System#nanoTime}. */
    long nanoTime();

    /** Starts a thread that lives as long as the hub, and does not keep the process alive. */
    Thread start(String name, Runnable task);

    /** Has the current thread wait: see {@link LockSupport#park(Object)}. */
    void park(Object blocker);

    /** As {@link #park(Object)}, for at most so many nanoseconds. */
    void park(Object blocker, long nanos);

    /** Ends a thread's wait, or its next one: see {@link LockSupport#unpark}. */
    void unpark(Thread thread);

    /** How many threads can run at once, at least 1. */
    default int processors() {
        return 1;
    }

    /** A number from 0 to just below 1. */
    double random();

    /** The machine itself. */
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
