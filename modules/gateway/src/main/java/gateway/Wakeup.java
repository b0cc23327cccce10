package gateway;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets other threads interrupt one thread, once, and only where it waits on purpose: never inside a handler.
 *
 * <p>The one thread calls {@link #enter} before a wait and {@link #leave} after it.
 */
final class Wakeup {

    private final ReentrantLock lock = new ReentrantLock();
    private boolean called;
    private Runnable interrupt = () -> {};

    /** Ends the wait under way, or else the next one. Does nothing when repeated. */
    void call() {
        lock.lock();
        try {
            if (!called) {
                called = true;
                interrupt.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Begins a wait; false if there must be none. */
    boolean enter() {
        Thread.interrupted(); // of a handler's making, and not meant for this wait
        lock.lock();
        try {
            interrupt = Thread.currentThread()::interrupt;
            return !called;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a wait; true if it was not called off. */
    boolean leave() {
        lock.lock();
        try {
            interrupt = () -> {};
            Thread.interrupted();
            return !called;
        } finally {
            lock.unlock();
        }
    }
}
