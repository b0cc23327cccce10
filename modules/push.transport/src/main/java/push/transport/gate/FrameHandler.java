package push.transport.gate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Acts on the peer's frames, except header blocks and settings: each is answered here, ends its stream or the
 * connection, or is passed on. For the connection's reading thread.
 */
final class FrameHandler {

    /** DATA frames with fewer bytes cost budget, unless they end their stream. */
    private static final int SHORT_DATA = 64;

    private final Http2Streams streams;
    private final Http2Outbound out;
    private final InboundBodies bodies;
    private final StreamEnds ends;
    private final SerialWriter writer;
    private final LastPing lastPing;
    private final PeerBudget budget;

    FrameHandler(
            Http2Streams streams,
            Http2Outbound out,
            InboundBodies bodies,
            StreamEnds ends,
            SerialWriter writer,
            LastPing lastPing,
            PeerBudget budget) {
        this.streams = streams;
        this.out = out;
        this.bodies = bodies;
        this.ends = ends;
        this.writer = writer;
        this.lastPing = lastPing;
        this.budget = budget;
    }

    /** @throws ConnectionError if a frame has another length than its type requires */
    static void requireLength(int length, int required, String type) throws ConnectionError {
        if (length != required) {
            throw new ConnectionError(
                    Http2.FRAME_SIZE_ERROR, type + " has " + length + " bytes; it must have " + required);
        }
    }

    /** The stream of a frame; null if the stream has ended. */
    private @Nullable Http2Stream stream(int id, String type) throws ConnectionError {
        if (id == 0) {
            throw ConnectionError.protocol(type + " on stream 0");
        }
        Http2Stream stream = streams.get(id);
        if (stream == null && (id > streams.last() || id % 2 == 0)) {
            throw ConnectionError.protocol(type + " on stream " + id + ", which was never opened");
        }
        return stream;
    }

    /** Handles a DATA frame that is longer than the hub accepts, and whose payload is skipped. */
    void tooLongData(int id, int length) throws ConnectionError {
        bodies.receive(length);
        Http2Stream stream = stream(id, "DATA");
        bodies.giveBack(length);
        budget.spend(PeerBudget.COSTLY, "DATA frames that are too long");
        if (stream != null) {
            ends.reset(stream, Http2.FRAME_SIZE_ERROR);
        }
    }

    void data(int flags, int id, byte[] bytes, int from, int length) throws ConnectionError {
        bodies.receive(length);
        Http2Stream stream = stream(id, "DATA");
        int start = from;
        int size = length;
        if ((flags & Http2.PADDED) != 0) {
            size = Http2.unpadded(bytes, from, length);
            start++;
        }
        boolean last = (flags & Http2.END_STREAM) != 0;
        if (size < SHORT_DATA && !last) {
            budget.spend(PeerBudget.CHEAP, "DATA frames of fewer than " + SHORT_DATA + " bytes");
        }
        if (stream == null) {
            bodies.giveBack(length);
            budget.spend(PeerBudget.CHEAP, "frames on ended streams");
            ends.late(id);
            return;
        }
        int fault = bodies.add(stream, bytes, start, size, length, last);
        if (fault != Http2.NO_ERROR) {
            budget.spend(PeerBudget.COSTLY, "DATA frames that their stream does not allow");
            ends.reset(stream, fault);
        }
    }

    void priority(int id, int length) throws ConnectionError {
        if (id == 0) {
            throw ConnectionError.protocol("PRIORITY on stream 0");
        }
        budget.spend(PeerBudget.CHEAP, "PRIORITY frames");
        Http2Stream stream = streams.get(id);
        if (length != 5 && stream != null) {
            ends.reset(stream, Http2.FRAME_SIZE_ERROR);
        } else if (length != 5) {
            throw new ConnectionError(Http2.FRAME_SIZE_ERROR, "PRIORITY has " + length + " bytes; it must have 5");
        }
    }

    void reset(int id, int length) throws ConnectionError {
        requireLength(length, 4, "RST_STREAM");
        Http2Stream stream = stream(id, "RST_STREAM");
        // A client may reset each stream after its response, to be sure that the stream is over: that is cheap.
        boolean endsNothing = stream == null || streams.isOver(stream);
        budget.spend(endsNothing ? PeerBudget.CHEAP : PeerBudget.COSTLY, "RST_STREAM frames");
        if (stream != null) {
            ends.end(stream);
        }
    }

    void ping(int flags, int id, byte[] bytes, int from, int length) throws ConnectionError {
        requireLength(length, 8, "PING");
        if (id != 0) {
            throw ConnectionError.protocol("PING on stream " + id);
        }
        budget.spend(PeerBudget.CHEAP, "PING frames");
        byte[] payload = Arrays.copyOfRange(bytes, from, from + length);
        if ((flags & Http2.ACK) != 0) {
            lastPing.answered(payload);
        } else {
            writer.control(ControlFrames.frame(Http2.PING, Http2.ACK, 0, payload));
        }
    }

    /** Handles a GOAWAY of the peer. Open streams continue. */
    void goAway(int id, int length) throws ConnectionError {
        if (id != 0) {
            throw ConnectionError.protocol("GOAWAY on stream " + id);
        }
        if (length < 8) {
            throw new ConnectionError(
                    Http2.FRAME_SIZE_ERROR, "GOAWAY has " + length + " bytes; it must have at least 8");
        }
        budget.spend(PeerBudget.COSTLY, "GOAWAY frames");
    }

    void windowUpdate(int id, byte[] bytes, int from, int length) throws ConnectionError {
        requireLength(length, 4, "WINDOW_UPDATE");
        int increment = Http2.intAt(bytes, from) & Http2.MAX_WINDOW;
        SendWindows windows = streams.windows();
        if (!windows.allowsUpdate()) {
            budget.spend(PeerBudget.CHEAP, "WINDOW_UPDATE frames");
        }
        if (id == 0) {
            if (increment == 0) {
                throw ConnectionError.protocol("WINDOW_UPDATE has an increment of 0 for the connection");
            }
            if (!windows.grow(increment)) {
                throw new ConnectionError(
                        Http2.FLOW_CONTROL_ERROR, "WINDOW_UPDATE makes the connection's window too large");
            }
        } else {
            Http2Stream stream = stream(id, "WINDOW_UPDATE");
            if (stream == null) {
                return; // the stream ended while the frame was on its way
            }
            boolean wrong = increment == 0;
            if (wrong || !windows.grow(stream, increment)) {
                budget.spend(PeerBudget.COSTLY, "invalid WINDOW_UPDATE frames");
                ends.reset(stream, wrong ? Http2.PROTOCOL_ERROR : Http2.FLOW_CONTROL_ERROR);
            }
        }
        out.flushSoon();
    }

    /** Handles a frame of a type that HTTP/2 does not define, which is ignored. */
    void unknown() throws ConnectionError {
        budget.spend(PeerBudget.CHEAP, "frames of unknown types");
    }
}
