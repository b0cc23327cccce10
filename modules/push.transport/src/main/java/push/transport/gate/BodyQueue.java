package push.transport.gate;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request on its way to Helidon. Helidon's queue for a stream holds 32 frames, however small, and
 * blocks the connection's only reader when it is full. So this queue lets only a few frames be ahead of the handler, and
 * makes large frames of small ones. Guarded by the connection's {@link Http2Streams}.
 */
final class BodyQueue {

    /** The largest number of frames that Helidon holds before a handler takes them. */
    private static final int MAX_AHEAD = 4;

    /** Shorter parts share an array with later ones: an array for a single byte takes about twenty bytes. */
    private static final int MIN_ARRAY = 1_024;

    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    private int bytes;
    private int ahead;
    private boolean complete;
    private boolean endGiven;

    /** Adds a part of the body. */
    void add(byte[] data, int from, int length) {
        if (length == 0) {
            return;
        }
        ByteBuffer last = waiting.peekLast();
        if (last == null || last.capacity() - last.limit() < length) {
            last = ByteBuffer.allocate(Math.max(length, MIN_ARRAY)).limit(0);
            waiting.add(last);
        }
        System.arraycopy(data, from, last.array(), last.limit(), length);
        last.limit(last.limit() + length);
        bytes += length;
    }

    /** Marks the end of the body. */
    void complete() {
        complete = true;
    }

    /** A handler has taken a frame. */
    void taken() {
        ahead--;
    }

    /** Whether Helidon has been given the end of the body. */
    boolean isEndGiven() {
        return endGiven;
    }

    /** The next DATA frame for Helidon; null if there is none, or if too many frames are ahead of the handler. */
    byte @Nullable [] next(int stream) {
        if (endGiven || ahead >= MAX_AHEAD || (bytes == 0 && !complete)) {
            return null;
        }
        byte[] payload = take(Math.min(bytes, Http2.MAX_FRAME_BYTES));
        endGiven = complete && bytes == 0;
        if (payload.length > 0) {
            ahead++; // Helidon does not report when a handler takes an empty frame
        }
        return ControlFrames.frame(Http2.DATA, endGiven ? Http2.END_STREAM : 0, stream, payload);
    }

    private byte[] take(int length) {
        byte[] taken = new byte[length];
        int at = 0;
        while (at < length) {
            ByteBuffer first = waiting.element();
            int part = Math.min(length - at, first.remaining());
            first.get(taken, at, part);
            at += part;
            if (!first.hasRemaining()) {
                waiting.remove();
            }
        }
        bytes -= length;
        return taken;
    }

    /** Discards what has not been given to Helidon. */
    void drop() {
        waiting.clear();
        bytes = 0;
        complete = true;
        endGiven = true;
    }
}
