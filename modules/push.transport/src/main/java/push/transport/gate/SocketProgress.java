package push.transport.gate;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Records when writes to a socket had to wait, and when the socket accepted something again. One thread at a time
 * writes; any thread may read. Times are on the scale of {@link StreamSupervisor#nanoTime}.
 */
final class SocketProgress {

    private final AtomicLong steps = new AtomicLong();
    private volatile long acknowledgedAt;
    private volatile boolean hasAcknowledged;

    /** Meaningful while a write waits. */
    private volatile long waitingSince;

    private volatile boolean isWaiting;

    /** A write begins to wait. */
    void waitsFrom(long now) {
        waitingSince = now;
        isWaiting = true;
    }

    /** No write waits any more. */
    void waitEnds() {
        isWaiting = false;
    }

    /** The socket has accepted bytes of a write that may have waited. */
    void advance() {
        steps.incrementAndGet();
    }

    /** The socket has accepted bytes of a write that had to wait, because the peer has acknowledged something. */
    void acknowledged(long now) {
        acknowledgedAt = now;
        hasAcknowledged = true;
    }

    /** A number that changes whenever the socket accepts bytes of a write that had to wait. */
    long steps() {
        return steps.get();
    }

    /**
     * When the socket last accepted bytes of a write that had to wait, which shows that the peer has acknowledged
     * something. Empty if that has not happened yet.
     */
    OptionalLong acknowledgedAt() {
        return hasAcknowledged ? OptionalLong.of(acknowledgedAt) : OptionalLong.empty();
    }

    /** When the current write began to wait for the socket to accept anything. Empty while no write waits. */
    OptionalLong waitingSince() {
        // The flag first: the time was set before it, so it is the time of this write or of a later one.
        return isWaiting ? OptionalLong.of(waitingSince) : OptionalLong.empty();
    }
}
