package auth;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets any number of threads wait until a worker has finished a step that began after their request.
 *
 * <p>Threads do not wait before {@link #begin} or after {@link #end}. Both may be called any number of times.
 */
final class Progress {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private boolean working;
    private long requested;
    private long completed;

    /** The worker starts to work. */
    void begin() {
        lock.lock();
        try {
            working = true;
        } finally {
            lock.unlock();
        }
    }

    /** The worker stops for now, so no thread waits for it. */
    void end() {
        lock.lock();
        try {
            working = false;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The number of requests so far. The worker calls this at the beginning of a step. */
    long requested() {
        lock.lock();
        try {
            return requested;
        } finally {
            lock.unlock();
        }
    }

    /** Releases the threads whose requests were counted at the beginning of the step. */
    void completed(long requestedThen) {
        lock.lock();
        try {
            completed = requestedThen;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Makes a request, wakes the worker, and waits. An interrupt ends the wait. */
    void await(Runnable wakeWorker, Duration atMost) {
        lock.lock();
        try {
            long own = ++requested;
            wakeWorker.run();
            long left = atMost.toNanos();
            while (working && completed < own && left > 0) {
                left = moved.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
