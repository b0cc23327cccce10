package push.transport.gate;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Records when writes to a socket had to wait, and when the socket accepted something again: see {@link Http2Socket}.
 * One thread at a time writes; any thread may read. Times are on the scale of {@link StreamSupervisor#nanoTime}.
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

    /** See {@link Http2Socket#progress}. */
    long steps() {
        return steps.get();
    }

    /** See {@link Http2Socket#acknowledgedAt}. */
    OptionalLong acknowledgedAt() {
        return hasAcknowledged ? OptionalLong.of(acknowledgedAt) : OptionalLong.empty();
    }

    /** See {@link Http2Socket#waitingSince}. */
    OptionalLong waitingSince() {
        // The flag first: the time was set before it, so it is the time of this write or of a later one.
        return isWaiting ? OptionalLong.of(waitingSince) : OptionalLong.empty();
    }
}
