package testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A gate that all data through a proxy passes: open, slow or shut. */
final class Gate {

    private static final Duration LATENCY = Duration.ofMillis(20);

    private volatile boolean slow;
    private boolean shut;

    void slow() {
        slow = true;
    }

    synchronized void shut() {
        shut = true;
    }

    synchronized void open() {
        slow = false;
        shut = false;
        notifyAll();
    }

    /** Waits until the caller may pass. */
    void pass() throws InterruptedException {
        if (slow) {
            LockSupport.parkNanos(LATENCY.toNanos());
        }
        synchronized (this) {
            while (shut) {
                wait();
            }
        }
    }
}
