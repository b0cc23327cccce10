package threads;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * The work of one long-lived thread, step by step. A step may throw anything, including an {@code Error}: the failure
 * is counted, the first one in a row is logged, and the next step runs. {@link #run} pauses after each failure in a
 * row, at first for one millisecond, then twice as long each time, up to one second.
 *
 * <p>For one thread at a time; {@link ThreadWatch} may read the state at any time.
 */
public final class Steps implements AutoCloseable {

    static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    static final long MAX_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final System.Logger LOG = System.getLogger(Steps.class.getName());

    private final LongLived thread;
    private final boolean logged;
    private final LongConsumer pause;
    private volatile boolean dead;

    // Used only by the thread itself.
    private long failedInARow;
    private long pauseNanos;

    /** One step. */
    @FunctionalInterface
    public interface Step {

        /**
         * Does one unit of work, and may wait for more.
         *
         * @return true if another step is to follow
         * @throws UnrecoverableException if no later step can succeed
         */
        boolean run() throws Exception;
    }

    /** Creates the steps of a thread whose failures are logged. */
    public Steps(LongLived thread) {
        this(thread, true, LockSupport::parkNanos);
    }

    private Steps(LongLived thread, boolean logged) {
        this(thread, logged, LockSupport::parkNanos);
    }

    /** @param pause waits for the given number of nanoseconds */
    Steps(LongLived thread, boolean logged, LongConsumer pause) {
        this.thread = thread;
        this.logged = logged;
        this.pause = pause;
    }

    /** Returns the steps of a thread whose failures are counted but not logged, for the thread that writes the log. */
    public static Steps unlogged(LongLived thread) {
        return new Steps(thread, false);
    }

    LongLived thread() {
        return thread;
    }

    boolean isDead() {
        return dead;
    }

    /** Runs steps until a step returns false. Also returns if no later step can succeed; the thread is then dead. */
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
        } catch (Throwable e) { // even the handling of failures has failed
            died(e);
        }
    }

    private void died(Throwable cause) {
        dead = true; // first: the next lines may throw again
        ThreadWatch.add(this);
        ThreadWatch.count(thread);
        log(() -> LOG.log(ERROR, "the thread " + thread.label() + " has ended because it cannot continue", cause));
    }

    /**
     * Runs one step, for an executor that decides when the next one is due.
     *
     * @return true if another step is to follow, as after every failure that is not final; false if no later step can
     *     succeed
     */
    public boolean attempt(Step step) {
        boolean more;
        try {
            more = step.run();
        } catch (UnrecoverableException e) {
            died(e);
            return false;
        } catch (Throwable e) { // an interrupt, too: only the owner ends the thread
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
            log(() -> LOG.log(ERROR, "the thread " + thread.label() + " has failed, and continues", failure));
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
                // The failure is counted, and readiness reports it. A log that fails must not end the thread.
            }
        }
    }

    /** Called when the owner no longer needs the thread: its state no longer matters. */
    @Override
    public void close() {
        dead = false;
        ThreadWatch.remove(this);
    }
}
