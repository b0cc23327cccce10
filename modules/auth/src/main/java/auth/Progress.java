package auth;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets any number of threads wait until one that works in steps has come through a step which began after they asked.
 *
 * <p>They do not wait before it begins, nor after it ends: both may happen any number of times.
 */
final class Progress {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private boolean working;
    private long asked;
    private long done;

    /** The worker works from here on. */
    void begin() {
        lock.lock();
        try {
            working = true;
        } finally {
            lock.unlock();
        }
    }

    /** The worker does not work for now: nobody waits for it. */
    void end() {
        lock.lock();
        try {
            working = false;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many have asked so far; for the worker, at the beginning of a step. */
    long asked() {
        lock.lock();
        try {
            return asked;
        } finally {
            lock.unlock();
        }
    }

    /** Those that had asked by then have what they wait for. */
    void done(long askedThen) {
        lock.lock();
        try {
            done = askedThen;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Asks, calls the worker, and waits. An interrupt ends the wait. */
    void await(Runnable call, Duration atMost) {
        lock.lock();
        try {
            long own = ++asked;
            call.run();
            long left = atMost.toNanos();
            while (working && done < own && left > 0) {
                left = moved.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
