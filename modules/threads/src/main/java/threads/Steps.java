package threads;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * The work of one long-lived thread, step by step. A step may throw anything, an {@code Error} included: the failure is
 * counted, the first one in a row is logged, and the next step runs. Between failures in a row there are pauses of one
 * millisecond at first and of one second at most.
 *
 * <p>For one thread at a time; {@link ThreadWatch} may ask at any time.
 */
public final class Steps implements AutoCloseable {

    static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    static final long MAX_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final System.Logger LOG = System.getLogger(Steps.class.getName());

    private final LongLived thread;
    private final boolean logged;
    private final LongConsumer pause;
    private volatile boolean dead;

    // Only the thread itself uses these.
    private long failedInARow;
    private long pauseNanos;

    /** One step. */
    @FunctionalInterface
    public interface Step {

        /**
         * Does a bit of the work, and may wait for more.
         *
         * @return whether there is to be another step
         * @throws CannotGoOnException if no later step can succeed
         */
        boolean run() throws Exception;
    }

    /** Of a thread whose failures are logged. */
    public Steps(LongLived thread) {
        this(thread, true, LockSupport::parkNanos);
    }

    private Steps(LongLived thread, boolean logged) {
        this(thread, logged, LockSupport::parkNanos);
    }

    /** @param pause waits for so many nanoseconds */
    Steps(LongLived thread, boolean logged, LongConsumer pause) {
        this.thread = thread;
        this.logged = logged;
        this.pause = pause;
    }

    /** Of a thread whose failures are only counted: the log can't report on itself. */
    public static Steps unlogged(LongLived thread) {
        return new Steps(thread, false);
    }

    LongLived thread() {
        return thread;
    }

    boolean isDead() {
        return dead;
    }

    /** Runs steps until one says that it was the last. If no step can succeed any more, returns too, and is dead. */
    public void run(Step step) {
        try {
            while (attempt(step)) {
                if (failedInARow > 0) {
                    pause.accept(pauseNanos);
                }
            }
            if (!dead) {
                close();
            }
        } catch (Throwable e) { // even what handles failures has failed
            died(e);
        }
    }

    private void died(Throwable cause) {
        dead = true; // first: what follows may throw again
        ThreadWatch.add(this);
        ThreadWatch.count(thread);
        log(() -> LOG.log(ERROR, "the thread " + thread.label() + " has ended, as it can't go on", cause));
    }

    /**
     * Runs one step, for an executor that decides when the next one is due.
     *
     * @return whether there is to be another step, as after each failure; false if no later step can succeed
     */
    public boolean attempt(Step step) {
        boolean more;
        try {
            more = step.run();
        } catch (CannotGoOnException e) {
            died(e);
            return false;
        } catch (Throwable e) { // an interrupt, too: only the owner ends this
            failed(e);
            return true;
        }
        if (failedInARow > 0) {
            succeeded();
        }
        return more;
    }

    private void failed(Throwable failure) {
        ThreadWatch.count(thread);
        ThreadWatch.add(this);
        pauseNanos = failedInARow == 0 ? FIRST_PAUSE_NANOS : Math.min(2 * pauseNanos, MAX_PAUSE_NANOS);
        failedInARow++;
        if (failedInARow == 1) {
            log(() -> LOG.log(ERROR, "the thread " + thread.label() + " has failed, and goes on", failure));
        }
    }

    private void succeeded() {
        ThreadWatch.remove(this);
        long failures = failedInARow;
        failedInARow = 0;
        log(() -> LOG.log(INFO, "the thread " + thread.label() + " works again; failures=" + failures));
    }

    private void log(Runnable line) {
        if (logged) {
            try {
                line.run();
            } catch (Throwable e) {
                // It is counted, and readiness tells of it. A log that fails must not end the thread.
            }
        }
    }

    /** The owner needs the thread no longer: how it fares no longer matters. */
    @Override
    public void close() {
        dead = false;
        ThreadWatch.remove(this);
    }
}
