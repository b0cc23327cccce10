package push.transport.gate;

import java.util.function.LongSupplier;

/**
 * The bodies of one connection's requests, and the receive windows that bound them. Guarded by the connection's
 * {@link Http2Streams}.
 */
final class InboundBodies {

    /**
     * The receive window of the connection, in bytes: what the peer may send on all streams before handlers take it.
     */
    static final int CONNECTION_WINDOW = 1 << 20;

    /**
     * The receive window of one stream that the gate enforces, in bytes. The announced window is the default of
     * 65,535, which bounds what all peers together can make the hub hold. A stream on which the peer exceeds only the
     * announced window is not reset.
     */
    static final int STREAM_WINDOW = 1 << 20;

    /**
     * The number of returned bytes after which the hub sends a WINDOW_UPDATE for the connection: few, because
     * unconsumed window stalls other streams.
     */
    private static final int GIVE_BACK_BYTES = 1 << 16;

    private final Http2Streams streams;
    private final SerialWriter writer;
    private final InboundQueue inboundQueue;
    private final HeldBytes.Account held;
    private final LongSupplier nanoTime;

    // How many bytes the peer may still send, and how many wait for the next WINDOW_UPDATE.
    private int window = CONNECTION_WINDOW;
    private int toGiveBack;

    InboundBodies(
            Http2Streams streams,
            SerialWriter writer,
            InboundQueue inboundQueue,
            HeldBytes.Account held,
            LongSupplier nanoTime) {
        this.streams = streams;
        this.writer = writer;
        this.inboundQueue = inboundQueue;
        this.held = held;
        this.nanoTime = nanoTime;
    }

    /** Subtracts received bytes from the connection's window. */
    void receive(int length) throws ConnectionError {
        synchronized (streams) {
            window -= length;
            if (window < 0) {
                throw new ConnectionError(Http2.FLOW_CONTROL_ERROR, "DATA exceeds the connection's window");
            }
        }
    }

    /**
     * Passes on a part of a body.
     *
     * @return the error code to reset the stream with, or {@link Http2#NO_ERROR}
     */
    int add(Http2Stream stream, byte[] bytes, int start, int size, int length, boolean last) {
        synchronized (streams) {
            if (stream.isReset) {
                giveBack(length);
                return Http2.NO_ERROR; // the peer may not have received the reset
            }
            if (stream.remoteEnded) {
                giveBack(length);
                return Http2.STREAM_CLOSED;
            }
            stream.heardAt = nanoTime.getAsLong();
            stream.bodyBytes += size;
            stream.receiveWindow -= length;
            stream.unconsumed += length;
            held.add(length);
            if (stream.receiveWindow < 0) {
                return Http2.FLOW_CONTROL_ERROR;
            }
            if (held.isFull()) {
                return Http2.ENHANCE_YOUR_CALM;
            }
            if (stream.bodyLeft >= 0) {
                stream.bodyLeft -= size;
                if (stream.bodyLeft < 0 || (last && stream.bodyLeft > 0)) {
                    return Http2.PROTOCOL_ERROR;
                }
            }
            if (stream.localEnded) {
                returned(stream, length); // the request is answered, and no handler reads the rest
            } else {
                stream.body.add(bytes, start, size);
                if (length > size) {
                    returned(stream, length - size);
                }
            }
            if (last) {
                end(stream);
            }
            feed(stream);
            return Http2.NO_ERROR;
        }
    }

    /** The peer has sent the whole body. */
    void end(Http2Stream stream) {
        stream.remoteEnded = true;
        stream.body.complete();
        feed(stream);
        streams.forgetIfDone(stream, nanoTime.getAsLong());
    }

    private void feed(Http2Stream stream) {
        if (!stream.isKnownToHelidon) {
            return;
        }
        for (byte[] frame = stream.body.next(stream.id); frame != null; frame = stream.body.next(stream.id)) {
            inboundQueue.add(frame);
        }
    }

    /** A handler has taken a part of a body. */
    void taken(Http2Stream stream, int length) {
        synchronized (streams) {
            if (stream.isReset || stream.unconsumed < length) {
                return; // its window was returned when the stream ended
            }
            stream.body.taken();
            returned(stream, length);
            feed(stream);
        }
    }

    /** Returns the bytes of a part of a body to both windows. */
    private void returned(Http2Stream stream, int length) {
        unhold(stream, length);
        stream.receiveWindow += length;
        if (!stream.remoteEnded) { // also after the response: many clients send the whole body anyway
            writer.control(ControlFrames.windowUpdate(stream.id, length));
        }
        giveBack(length);
    }

    private void unhold(Http2Stream stream, int length) {
        stream.unconsumed -= length;
        held.add(-length);
    }

    /** Returns bytes to the connection's window only. */
    void giveBack(int length) {
        synchronized (streams) {
            toGiveBack += length;
            if (toGiveBack >= GIVE_BACK_BYTES) {
                writer.control(ControlFrames.windowUpdate(0, toGiveBack));
                window += toGiveBack;
                toGiveBack = 0;
            }
        }
    }

    /** Discards the part of a body that no handler has taken, and returns its bytes to the windows. */
    void drop(Http2Stream stream) {
        synchronized (streams) {
            stream.body.drop();
            if (stream.unconsumed > 0) {
                returned(stream, stream.unconsumed);
            }
        }
    }
}
