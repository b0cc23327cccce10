package push.transport.gate;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * How streams end before their time: reset by the peer or by the hub, or answered before their request was complete. For any
 * thread; guarded by the connection's {@link Http2Streams}.
 */
final class StreamEnds {

    /** So many of the streams that the hub has reset are remembered, as their peers may not have heard of it. */
    private static final int REMEMBERED_RESETS = 1_024;

    private final Http2Streams streams;
    private final Http2Outbound out;
    private final Inlet inlet;
    private final InboundBodies bodies;
    private final LongSupplier nanoTime;
    private final Set<Integer> resets = new LinkedHashSet<>();

    StreamEnds(Http2Streams streams, Http2Outbound out, Inlet inlet, InboundBodies bodies, LongSupplier nanoTime) {
        this.streams = streams;
        this.out = out;
        this.inlet = inlet;
        this.bodies = bodies;
        this.nanoTime = nanoTime;
    }

    /** A frame came on a stream that has ended: the peer is told so, unless it may not have heard of the stream's reset. */
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
        out.control(ControlFrames.reset(id, code));
    }

    /** Resets a stream, whoever serves it. */
    void reset(GateStream stream, int code) {
        synchronized (streams) {
            if (stream.isReset || stream.isOver()) {
                return;
            }
            remember(stream.id);
            end(stream);
        }
        out.control(ControlFrames.reset(stream.id, code));
    }

    private void remember(int id) {
        synchronized (streams) {
            resets.add(id);
            if (resets.size() > REMEMBERED_RESETS) {
                resets.remove(resets.iterator().next());
            }
        }
    }

    /** The stream is over at once: nothing more is sent or expected, and whoever serves it is told. */
    void end(GateStream stream) {
        synchronized (streams) {
            if (stream.isReset) {
                return;
            }
            tellHelidon(stream);
            stream.isReset = true;
            stream.remoteEnded = true;
            stream.localEnded = true;
            bodies.drop(stream);
            out.drop(stream);
            streams.forgetIfDone(stream, nanoTime.getAsLong());
        }
    }

    /** The hub has answered before the request had come to its end: nobody reads the rest. */
    void answeredEarly(GateStream stream) {
        synchronized (streams) {
            tellHelidon(stream);
            bodies.drop(stream);
        }
    }

    /** As {@link #answeredEarly}; and the peer is told, by whoever calls this, that it need not send the rest. */
    void closeEarly(GateStream stream) {
        synchronized (streams) {
            stream.remoteEnded = true; // first: what is dropped opens no window of a stream that is reset
            answeredEarly(stream);
            remember(stream.id);
            stream.isReset = true;
        }
    }

    /**
     * Tells Helidon that a stream was reset, which ends the thread that waits on it. Helidon closes the connection when it
     * has forgotten the stream already. It forgets a stream of HTTP, at the latest, just before it writes the last frame, if
     * the request is complete; and a stream of gRPC only after that.
     */
    private void tellHelidon(GateStream stream) {
        boolean remembered = !stream.body.isEndGiven() || (stream.isGrpc && !stream.localEnded);
        if (stream.isKnownToHelidon && remembered) {
            inlet.add(ControlFrames.reset(stream.id, Http2.CANCEL));
            out.wakeReader();
        }
        stream.isKnownToHelidon = false;
    }
}
