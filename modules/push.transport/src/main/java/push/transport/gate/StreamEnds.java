package push.transport.gate;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Ends streams early: streams that the peer or the hub resets, and streams that are answered before their request was
 * complete. For any thread; guarded by the connection's {@link Http2Streams}.
 */
final class StreamEnds {

    /** The number of reset streams that the gate remembers: the peer may not have received the reset yet. */
    private static final int REMEMBERED_RESETS = 1_024;

    private final Http2Streams streams;
    private final PendingResponses pending;
    private final InboundBodies bodies;
    private final SerialWriter writer;
    private final Http2Socket socket;
    private final InboundQueue inboundQueue;
    private final LongSupplier nanoTime;
    private final Set<Integer> resets = new LinkedHashSet<>();

    StreamEnds(
            Http2Streams streams,
            PendingResponses pending,
            InboundBodies bodies,
            SerialWriter writer,
            Http2Socket socket,
            InboundQueue inboundQueue,
            LongSupplier nanoTime) {
        this.streams = streams;
        this.pending = pending;
        this.bodies = bodies;
        this.writer = writer;
        this.socket = socket;
        this.inboundQueue = inboundQueue;
        this.nanoTime = nanoTime;
    }

    /** Answers a frame on a stream that has ended with STREAM_CLOSED, unless the hub has reset that stream. */
    void late(int id) {
        synchronized (streams) {
            if (!resets.contains(id)) {
                resetUnopened(id, Http2.STREAM_CLOSED);
            }
        }
    }

    /** Resets a stream that the gate does not serve. */
    void resetUnopened(int id, int code) {
        remember(id);
        writer.control(ControlFrames.reset(id, code));
    }

    /** Resets a stream, whether a push stream or one that Helidon serves, unless it is over. */
    void reset(Http2Stream stream, int code) {
        synchronized (streams) {
            if (stream.isReset || stream.isOver()) {
                return;
            }
            remember(stream.id);
            end(stream);
        }
        writer.control(ControlFrames.reset(stream.id, code));
    }

    private void remember(int id) {
        synchronized (streams) {
            resets.add(id);
            if (resets.size() > REMEMBERED_RESETS) {
                resets.remove(resets.iterator().next());
            }
        }
    }

    /** Ends the stream at once: nothing more is sent or expected, and Helidon is notified. */
    void end(Http2Stream stream) {
        synchronized (streams) {
            if (stream.isReset) {
                return;
            }
            resetInHelidon(stream);
            stream.isReset = true;
            stream.remoteEnded = true;
            stream.localEnded = true;
            bodies.drop(stream);
            pending.drop(stream);
            streams.forgetIfDone(stream, nanoTime.getAsLong());
        }
    }

    /** The hub has answered before the whole request arrived: no handler reads the rest. */
    void respondedEarly(Http2Stream stream) {
        synchronized (streams) {
            resetInHelidon(stream);
            bodies.drop(stream);
        }
    }

    /** As {@link #respondedEarly}; the caller also resets the stream with NO_ERROR, so that the peer stops sending. */
    void closeEarly(Http2Stream stream) {
        synchronized (streams) {
            stream.remoteEnded = true; // first: no WINDOW_UPDATE is sent for a stream that is reset
            respondedEarly(stream);
            remember(stream.id);
            stream.isReset = true;
        }
    }

    /**
     * Tells Helidon that a stream was reset, which ends the thread that waits on the stream. Helidon must still have
     * the stream in its table: a reset of an unknown stream makes Helidon close the connection. Helidon removes an HTTP
     * stream whose request is complete just before it writes the last frame, and a gRPC stream after that frame.
     */
    private void resetInHelidon(Http2Stream stream) {
        boolean remembered = !stream.body.isEndGiven() || (stream.isGrpc && !stream.localEnded);
        if (stream.isKnownToHelidon && remembered) {
            inboundQueue.add(ControlFrames.reset(stream.id, Http2.CANCEL));
            socket.wakeReader();
        }
        stream.isKnownToHelidon = false;
    }
}
