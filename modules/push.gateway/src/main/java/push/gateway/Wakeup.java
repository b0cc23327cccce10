package push.gateway;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets other threads interrupt one thread once, and only during the client's own waits: never inside a handler.
 *
 * <p>The waiting thread calls {@link #beginWait} before a wait and {@link #endWait} after it.
 */
final class Wakeup {

    private final ReentrantLock lock = new ReentrantLock();
    private boolean awake;
    private Runnable interrupt = () -> {};

    /** Ends the current wait, and prevents all later ones. Calling this method again has no effect. */
    void wake() {
        lock.lock();
        try {
            if (!awake) {
                awake = true;
                interrupt.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Begins a wait. Returns false if the thread must not wait. */
    boolean beginWait() {
        Thread.interrupted(); // clears an interrupt that the handler caused: it is not meant for this wait
        lock.lock();
        try {
            interrupt = Thread.currentThread()::interrupt;
            return !awake;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a wait. Returns false if {@link #wake} was called. */
    boolean endWait() {
        lock.lock();
        try {
            interrupt = () -> {};
            Thread.interrupted();
            return !awake;
        } finally {
            lock.unlock();
        }
    }
}
