package push.transport.gate;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The streams of one connection whose {@link SendQueue} is not empty, and the number of bytes that wait there for
 * windows. Thread-safe; guarded by the connection's {@link Http2Streams}.
 */
final class PendingResponses {

    /** When more than this many bytes wait for windows, the peer may open no more streams. */
    private static final int CONGESTED_BYTES = 1 << 18;

    private final Http2Streams streams;
    private final HeldBytes.Account held;
    private final LongSupplier nanoTime;

    // Guarded by the streams.
    private final Set<Http2Stream> waiting = new LinkedHashSet<>(); // the first to wait first
    private int bytes;

    PendingResponses(Http2Streams streams, HeldBytes.Account held, LongSupplier nanoTime) {
        this.streams = streams;
        this.held = held;
        this.nanoTime = nanoTime;
    }

    /** A piece with this many bytes of a body was added to the stream's queue. */
    void added(Http2Stream stream, int length) {
        synchronized (streams) {
            hold(length);
            if (waiting.add(stream)) {
                stream.sentAt = nanoTime.getAsLong();
            }
        }
    }

    /** This many bytes of a body were taken from the stream's queue, to be sent. */
    void sent(Http2Stream stream, int length) {
        synchronized (streams) {
            hold(-length);
            stream.credit(length);
        }
    }

    /** The stream's queue is empty. */
    void emptied(Http2Stream stream) {
        synchronized (streams) {
            waiting.remove(stream);
        }
    }

    /** Discards what waits to be sent on a stream that is over. */
    void drop(Http2Stream stream) {
        synchronized (streams) {
            waiting.remove(stream);
            sent(stream, stream.toSend.drop());
        }
    }

    private void hold(int length) {
        bytes += length;
        held.add(length);
    }

    boolean isEmpty() {
        synchronized (streams) {
            return waiting.isEmpty();
        }
    }

    /** Whether too much waits for windows. */
    boolean isCongested() {
        synchronized (streams) {
            return bytes > CONGESTED_BYTES || (bytes > 0 && held.isFull());
        }
    }

    /** The streams, in the order in which they began to wait. */
    List<Http2Stream> all() {
        synchronized (streams) {
            return List.copyOf(waiting);
        }
    }
}
