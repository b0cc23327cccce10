package push.transport.gate;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The end of an HTTP/1 connection that the gate closes: once it has begun, nothing that the peer sends matters, and the
 * peer has some time to read the last response. Thread-safe.
 */
final class LingeringClose {

    private volatile boolean begun;
    private volatile long begunAt;

    /**
     * Reaches zero once the last response was sent, or cannot be sent; null if no thread waits. Set before
     * {@link #begun}.
     */
    private volatile @Nullable CountDownLatch response;

    /** Begins to close the connection. Returns false, and changes nothing, if that has happened before. */
    boolean begin(long now) {
        return begin(now, null);
    }

    /**
     * As {@link #begin(long)}, while another thread sends the last response. That thread must then call
     * {@link #responseSent}.
     */
    boolean beginBeforeResponse(long now) {
        return begin(now, new CountDownLatch(1));
    }

    private synchronized boolean begin(long now, @Nullable CountDownLatch awaited) {
        if (begun) {
            return false;
        }
        response = awaited;
        begunAt = now;
        begun = true;
        return true;
    }

    boolean hasBegun() {
        return begun;
    }

    /** Whether the peer has had this many nanoseconds to read the last response. */
    boolean hasLingered(long now, long lingerNanos) {
        return begun && now - begunAt >= lingerNanos;
    }

    /** The last response was sent, or cannot be sent any more. */
    void responseSent() {
        CountDownLatch awaited = response;
        if (awaited != null) {
            awaited.countDown();
        }
    }

    /** Waits until the last response was sent: the connection must not end before that. */
    void awaitResponse() {
        CountDownLatch awaited = response;
        if (awaited != null) {
            try {
                awaited.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
