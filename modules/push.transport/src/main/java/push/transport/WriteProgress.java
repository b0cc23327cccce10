package push.transport;

import java.util.concurrent.atomic.AtomicLong;

/**
 * For how long a stream's thread has tried to write something. One thread at a time writes, and only counts, which
 * costs next to nothing; another one looks from time to time whether the count has moved.
 */
final class WriteProgress {

    /** Odd while there is something to write; another number after each step. */
    private final AtomicLong steps = new AtomicLong();

    // Only the thread that looks uses these.
    private long seen;
    private long seenOfSocket;
    private long since;

    /** A write begins, or has got further. */
    void advance() {
        steps.lazySet((steps.getPlain() + 2) | 1);
    }

    /** There is nothing to write. */
    void done() {
        steps.lazySet((steps.getPlain() + 2) & ~1);
    }

    /**
     * For how many nanoseconds a write has got no further, as far as these looks can tell; 0 when there is none.
     *
     * @param now on the scale of {@link push.transport.gate.StreamSupervisor#nanoTime}
     * @param socketProgress another number whenever the socket has taken a part of the write; the same one while the write
     *     does not wait for the socket
     */
    long stuckFor(long now, long socketProgress) {
        long steps = this.steps.get();
        if (steps != seen || socketProgress != seenOfSocket) {
            seen = steps;
            seenOfSocket = socketProgress;
            since = now;
        }
        return (steps & 1) == 0 ? 0 : now - since;
    }
}
