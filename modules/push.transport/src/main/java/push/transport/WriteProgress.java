package push.transport;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures how long a stream's writes have made no progress. The writing thread only counts steps, which costs almost
 * nothing; the supervisor's thread checks from time to time whether the count has changed.
 */
final class WriteProgress {

    /** Odd while there is something to write. Changes with each step. */
    private final AtomicLong steps = new AtomicLong();

    // Only the supervisor's thread uses these.
    private long seen;
    private long seenOfSocket;
    private long since;

    /** A write begins, or has made progress. */
    void advance() {
        steps.lazySet((steps.getPlain() + 2) | 1);
    }

    /** There is nothing to write. */
    void done() {
        steps.lazySet((steps.getPlain() + 2) & ~1);
    }

    /**
     * How long a write has made no progress, in nanoseconds, as measured by the calls of this method; 0 while there is
     * nothing to write.
     *
     * @param now the time on the scale of {@link push.transport.gate.StreamSupervisor#nanoTime}
     * @param socketProgress a number that changes whenever the socket accepts a part of the write, and stays the same
     *     while the write does not wait for the socket
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
