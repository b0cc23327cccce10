package push.transport.gate;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Handles the peer's frames. Each frame is answered here, ends its stream or the connection, or is passed to Helidon in
 * a form that Helidon accepts. For the connection's reading thread.
 */
final class Http2Inbound implements FrameParser.Sink {

    private static final byte[] PREFACE = Preface.bytes();

    /** DATA frames with fewer bytes cost budget, unless they end their stream. */
    private static final int SHORT_DATA = 64;

    private final Http2Streams streams;
    private final Http2Outbound out;
    private final InboundBodies bodies;
    private final StreamEnds ends;
    private final InboundRequests requests;
    private final LastPing lastPing;
    private final HeldBytes.Share held;
    private final PeerBudget budget;
    private final LongSupplier nanoTime;
    private final FrameParser parser = new FrameParser(this);
    private int prefaceBytes;
    private boolean hasSettings;
    private int heldOfFrames;
    private long frames;
    private volatile long frameBegunAt;

    Http2Inbound(
            Http2Streams streams,
            Http2Outbound out,
            Inlet inlet,
            Http2Limits limits,
            LastPing lastPing,
            HeldBytes.Share held,
            LongSupplier nanoTime) {
        this.streams = streams;
        this.out = out;
        this.lastPing = lastPing;
        this.held = held;
        this.nanoTime = nanoTime;
        this.budget = new PeerBudget(nanoTime);
        this.bodies = new InboundBodies(streams, out, inlet, held, nanoTime);
        this.ends = new StreamEnds(streams, out, inlet, bodies, nanoTime);
        this.requests = new InboundRequests(streams, out, inlet, limits, bodies, ends, budget, held, nanoTime);
    }

    InboundBodies bodies() {
        return bodies;
    }

    StreamEnds ends() {
        return ends;
    }

    /** Handles bytes that were read. */
    void add(byte[] bytes) throws ConnectionError {
        int preface = Math.min(bytes.length, PREFACE.length - prefaceBytes);
        if (!Arrays.equals(bytes, 0, preface, PREFACE, prefaceBytes, prefaceBytes + preface)) {
            throw ConnectionError.protocol("the connection preface is not that of HTTP/2");
        }
        prefaceBytes += preface;
        long before = frames;
        try {
            parser.add(preface == 0 ? bytes : Arrays.copyOfRange(bytes, preface, bytes.length));
        } finally {
            holdFrames(parser.begunBytes() + requests.begunBytes());
        }
        if (parser.begunBytes() == 0) {
            frameBegunAt = 0;
        } else if (frameBegunAt == 0 || frames > before) {
            frameBegunAt = nanoTime.getAsLong() | 1; // 0 stands for none
        }
        if (heldOfFrames > 0 && held.isFull()) {
            throw new ConnectionError(Http2.ENHANCE_YOUR_CALM, "too much is held for peers that send parts of frames");
        }
    }

    private void holdFrames(int bytes) {
        held.add(bytes - heldOfFrames);
        heldOfFrames = bytes;
    }

    /** Releases unfinished frames: no more bytes will be added. */
    void close() {
        holdFrames(0);
        requests.close();
    }

    /** How long a header block has been incomplete, in nanoseconds; 0 while none is. For any thread. */
    long incompleteNanos(long now) {
        return requests.incompleteNanos(now);
    }

    /** How long a frame has been incomplete, in nanoseconds; 0 while none is. For any thread. */
    long incompleteFrameNanos(long now) {
        long begun = frameBegunAt;
        return begun == 0 ? 0 : now - begun;
    }

    @Override
    public void frame(int type, int flags, int stream, byte[] bytes, int from, int length) throws ConnectionError {
        frames++;
        if (!hasSettings && (type != Http2.SETTINGS || (flags & Http2.ACK) != 0)) {
            throw ConnectionError.protocol("the first frame is not SETTINGS");
        }
        if (!requests.allows(type, stream)) {
            throw ConnectionError.protocol("another frame in the middle of a header block");
        }
        switch (type) {
            case Http2.DATA -> data(flags, stream, bytes, from, length);
            case Http2.HEADERS -> requests.headers(flags, stream, bytes, from, length);
            case Http2.PRIORITY -> priority(stream, length);
            case Http2.RST_STREAM -> resetByPeer(stream, length);
            case Http2.SETTINGS -> settings(flags, stream, bytes, from, length);
            case Http2.PUSH_PROMISE -> throw ConnectionError.protocol("PUSH_PROMISE from a client");
            case Http2.PING -> ping(flags, stream, bytes, from, length);
            case Http2.GOAWAY -> goAway(stream, length);
            case Http2.WINDOW_UPDATE -> windowUpdate(stream, bytes, from, length);
            case Http2.CONTINUATION -> requests.continuation(flags, stream, bytes, from, length);
            default -> spend(PeerBudget.CHEAP, "of an unknown type");
        }
    }

    private void spend(int cost, String on) throws ConnectionError {
        budget.spend(cost, on);
    }

    private static void requireLength(int length, int required, String type) throws ConnectionError {
        if (length != required) {
            throw new ConnectionError(
                    Http2.FRAME_SIZE_ERROR, type + " of " + length + " bytes; it must have " + required);
        }
    }

    /** The stream of a frame; null if the stream has ended. */
    private @Nullable GateStream stream(int id, String type) throws ConnectionError {
        if (id == 0) {
            throw ConnectionError.protocol(type + " on stream 0");
        }
        GateStream stream = streams.get(id);
        if (stream == null && (id > streams.last() || id % 2 == 0)) {
            throw ConnectionError.protocol(type + " on stream " + id + ", which was never opened");
        }
        return stream;
    }

    @Override
    public void tooLong(int id, int length) throws ConnectionError {
        bodies.receive(length);
        GateStream stream = stream(id, "DATA");
        bodies.giveBack(length);
        spend(PeerBudget.COSTLY, "DATA that is too long");
        if (stream != null) {
            ends.reset(stream, Http2.FRAME_SIZE_ERROR);
        }
    }

    private void data(int flags, int id, byte[] bytes, int from, int length) throws ConnectionError {
        bodies.receive(length);
        GateStream stream = stream(id, "DATA");
        int start = from;
        int size = length;
        if ((flags & Http2.PADDED) != 0) {
            size = Http2.unpadded(bytes, from, length);
            start++;
        }
        boolean last = (flags & Http2.END_STREAM) != 0;
        if (size < SHORT_DATA && !last) {
            spend(PeerBudget.CHEAP, "DATA with next to nothing");
        }
        if (stream == null) {
            bodies.giveBack(length);
            spend(PeerBudget.CHEAP, "on streams that have ended");
            ends.late(id);
            return;
        }
        int fault = bodies.add(stream, bytes, start, size, length, last);
        if (fault != Http2.NO_ERROR) {
            spend(PeerBudget.COSTLY, "DATA that its stream does not allow");
            ends.reset(stream, fault);
        }
    }

    private void resetByPeer(int id, int length) throws ConnectionError {
        requireLength(length, 4, "RST_STREAM");
        GateStream stream = stream(id, "RST_STREAM");
        // A client may reset each stream after its response, to be sure that the stream is over: that is cheap.
        boolean endsNothing = stream == null || streams.isOver(stream);
        spend(endsNothing ? PeerBudget.CHEAP : PeerBudget.COSTLY, "RST_STREAM");
        if (stream != null) {
            ends.end(stream);
        }
    }

    private void priority(int id, int length) throws ConnectionError {
        if (id == 0) {
            throw ConnectionError.protocol("PRIORITY on stream 0");
        }
        spend(PeerBudget.CHEAP, "PRIORITY");
        GateStream stream = streams.get(id);
        if (length != 5 && stream != null) {
            ends.reset(stream, Http2.FRAME_SIZE_ERROR);
        } else if (length != 5) {
            throw new ConnectionError(Http2.FRAME_SIZE_ERROR, "PRIORITY of " + length + " bytes; it must have 5");
        }
    }

    private void settings(int flags, int id, byte[] bytes, int from, int length) throws ConnectionError {
        if (id != 0) {
            throw ConnectionError.protocol("SETTINGS on stream " + id);
        }
        if ((flags & Http2.ACK) != 0) {
            requireLength(length, 0, "SETTINGS that acknowledge");
            spend(PeerBudget.CHEAP, "SETTINGS");
            return;
        }
        if (length % 6 != 0) {
            throw new ConnectionError(Http2.FRAME_SIZE_ERROR, "SETTINGS of " + length + " bytes, six for each");
        }
        spend(PeerBudget.COSTLY + length / 6, "SETTINGS");
        hasSettings = true;
        for (int at = from; at < from + length; at += 6) {
            setting(((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff), Http2.intAt(bytes, at + 2) & 0xffff_ffffL);
        }
        out.control(ControlFrames.settingsAck());
    }

    private void setting(int name, long value) throws ConnectionError {
        switch (name) {
            case Http2.HEADER_TABLE_SIZE -> out.peerHasTableOf(value);
            case Http2.ENABLE_PUSH -> {
                if (value > 1) {
                    throw ConnectionError.protocol("ENABLE_PUSH is " + value + "; it must be 0 or 1");
                }
            }
            case Http2.INITIAL_WINDOW_SIZE -> {
                if (value > Http2.MAX_WINDOW || !streams.initialSendWindow(value)) {
                    throw new ConnectionError(Http2.FLOW_CONTROL_ERROR, "INITIAL_WINDOW_SIZE makes a window too large");
                }
                out.flushSoon();
            }
            case Http2.MAX_FRAME_SIZE -> {
                if (value < Http2.MAX_FRAME_BYTES || value > 0xff_ffff) {
                    throw ConnectionError.protocol(
                            "MAX_FRAME_SIZE is " + value + "; it must be from 16384 to 16777215");
                }
            }
            default -> {} // the setting limits something that the hub does not do, or is unknown
        }
    }

    private void ping(int flags, int id, byte[] bytes, int from, int length) throws ConnectionError {
        requireLength(length, 8, "PING");
        if (id != 0) {
            throw ConnectionError.protocol("PING on stream " + id);
        }
        spend(PeerBudget.CHEAP, "PING");
        byte[] payload = Arrays.copyOfRange(bytes, from, from + length);
        if ((flags & Http2.ACK) != 0) {
            lastPing.answered(payload);
        } else {
            out.control(ControlFrames.frame(Http2.PING, Http2.ACK, 0, payload));
        }
    }

    /** Handles a GOAWAY of the peer. Open streams continue. */
    private void goAway(int id, int length) throws ConnectionError {
        if (id != 0) {
            throw ConnectionError.protocol("GOAWAY on stream " + id);
        }
        if (length < 8) {
            throw new ConnectionError(Http2.FRAME_SIZE_ERROR, "GOAWAY of " + length + " bytes; it has at least 8");
        }
        spend(PeerBudget.COSTLY, "GOAWAY");
    }

    private void windowUpdate(int id, byte[] bytes, int from, int length) throws ConnectionError {
        requireLength(length, 4, "WINDOW_UPDATE");
        int increment = Http2.intAt(bytes, from) & Http2.MAX_WINDOW;
        if (!streams.mayOpenWindow()) {
            spend(PeerBudget.CHEAP, "WINDOW_UPDATE");
        }
        if (id == 0) {
            if (increment == 0) {
                throw ConnectionError.protocol("WINDOW_UPDATE by 0 for the connection");
            }
            if (!streams.grow(increment)) {
                throw new ConnectionError(Http2.FLOW_CONTROL_ERROR, "the connection's window is made too large");
            }
        } else {
            GateStream stream = stream(id, "WINDOW_UPDATE");
            if (stream == null) {
                return; // the stream ended while the frame was on its way
            }
            boolean wrong = increment == 0;
            if (wrong || !streams.grow(stream, increment)) {
                spend(PeerBudget.COSTLY, "WINDOW_UPDATE that is wrong");
                ends.reset(stream, wrong ? Http2.PROTOCOL_ERROR : Http2.FLOW_CONTROL_ERROR);
            }
        }
        out.flushSoon();
    }
}
