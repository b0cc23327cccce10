package database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import threads.LongLived;
import threads.ThreadWatch;

/**
 * Makes commits survive a power cut, many at a time. A caller that has committed waits for a sync that began
 * afterwards. There is a sync at least once a second even if no caller waits, because the database also writes in the
 * background.
 *
 * <p>After a sync fails, there is no other: the operating system may have dropped the data that it could not write, and
 * a later sync would succeed without it. Then the database must be reopened.
 *
 * <p>Safe for any number of threads.
 */
final class GroupSync implements AutoCloseable {

    /** How long a sync may run before new commits are refused. */
    private static final long LATE_NANOS = Duration.ofSeconds(2).toNanos();

    private final Sync sync;
    private final long intervalNanos;
    private final long timeoutNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final Condition finished = lock.newCondition();
    private final Thread thread =
            Thread.ofPlatform().daemon().name(LongLived.DATABASE_SYNC.label()).unstarted(this::run);

    // Guarded by the lock. Syncs are numbered from 1.
    private long lastWanted;
    private long lastBegun;
    private long lastFinished;
    private @Nullable SQLException failure;
    private long begunAt;
    private boolean closed;
    private boolean ended;

    /** The operation that syncs. */
    @FunctionalInterface
    interface Sync {

        /** Returns once everything that was committed before the call survives a power cut. */
        void run() throws SQLException;
    }

    /**
     * @param sync the operation; it runs on this object's thread, never twice at a time
     * @param interval the longest time without a sync
     * @param timeout how long a caller waits at most
     */
    GroupSync(Sync sync, Duration interval, Duration timeout) {
        this.sync = sync;
        this.intervalNanos = interval.toNanos();
        this.timeoutNanos = timeout.toNanos();
    }

    void start() {
        thread.start();
    }

    /**
     * Waits until everything that the caller knows to be committed survives a power cut. An interrupt does not end the
     * wait; the thread's interrupt status is kept.
     *
     * @throws SQLException when a sync has failed or takes too long, or there are no more syncs
     */
    void await() throws SQLException {
        lock.lock();
        try {
            long own = lastBegun + 1; // a running sync may have begun before the commit
            lastWanted = Math.max(lastWanted, own);
            wanted.signal();
            boolean interrupted = false;
            long end = System.nanoTime() + timeoutNanos;
            while (lastFinished < own && !ended && end - System.nanoTime() > 0) {
                try {
                    long _ = finished.awaitNanos(end - System.nanoTime());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (lastFinished < own) {
                throw unfinished();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether a sync hangs. H2 keeps overwritten data for five seconds, and the data that replaces it must be synced by
     * then, so nothing more should be committed meanwhile.
     */
    boolean isLate() {
        lock.lock();
        try {
            return !ended && lastFinished < lastBegun && System.nanoTime() - begunAt > LATE_NANOS;
        } finally {
            lock.unlock();
        }
    }

    private SQLException unfinished() {
        if (failure != null) {
            return new SQLException("the committed data could not be synced to the disk", "58030", failure);
        }
        return new SQLException(
                ended ? "the database is closed" : "the disk has not synced the committed data in time", "57014");
    }

    private void run() {
        try {
            while (begin()) {
                sync.run();
                finished();
            }
            end(null);
        } catch (SQLException e) {
            end(e);
        } catch (RuntimeException | Error e) { // the database is reopened, with another thread
            ThreadWatch.count(LongLived.DATABASE_SYNC);
            end(new SQLException("the sync failed", "58030", e));
        }
    }

    /** Waits until a sync is requested or due. Returns false when there are no more syncs. */
    private boolean begin() {
        lock.lock();
        try {
            long end = System.nanoTime() + intervalNanos;
            while (!closed && lastWanted == lastBegun && end - System.nanoTime() > 0) {
                try {
                    long _ = wanted.awaitNanos(end - System.nanoTime());
                } catch (InterruptedException e) {
                    // Only this class has the thread, and it never interrupts it.
                }
            }
            if (closed && lastWanted == lastBegun) {
                return false;
            }
            lastBegun++;
            begunAt = System.nanoTime();
            lastWanted = Math.max(lastWanted, lastBegun);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void finished() {
        lock.lock();
        try {
            lastFinished = lastBegun;
            finished.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end(@Nullable SQLException cause) {
        lock.lock();
        try {
            failure = cause;
            ended = true;
            finished.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Finishes the syncs that callers wait for, and ends the thread. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            wanted.signal();
        } finally {
            lock.unlock();
        }
        try {
            boolean _ = thread.join(Duration.ofNanos(Math.min(timeoutNanos, TimeUnit.SECONDS.toNanos(5))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
