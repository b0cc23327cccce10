package push.transport.gate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import push.transport.gate.RequestFields.Verdict;

/**
 * What comes from the peer: each frame is answered here, ends its stream or the connection, or goes on to Helidon in a form
 * that Helidon takes. For the connection's reading thread, but for {@link #taken} and {@link #reset}, which are for any.
 */
final class Http2Inbound implements FrameParser.Sink {

    static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** What the peer may send on all streams together before handlers have taken it. */
    static final int CONNECTION_WINDOW = 1 << 20;

    /**
     * What a peer may send on one stream before its handler has taken it. A peer is told of less, as all that it may send is
     * held, and as peers are many; but one that sends more is not yet at fault.
     */
    static final int STREAM_WINDOW = 1 << 20;

    /** From so many bytes on the connection's window is given back: a small part of it, as what is held back stalls others. */
    private static final int GIVE_BACK_BYTES = 1 << 16;

    /** How large a header block may be as it is sent. What it decodes to has a limit of its own. */
    private static final int MAX_BLOCK_BYTES = 40_960;

    /** So many of the streams that the hub has reset are remembered, as their peers may not have heard of it. */
    private static final int REMEMBERED_RESETS = 1_024;

    /** A window update of so many bytes costs nothing: a few million of them overflow the window. */
    private static final int LARGE_UPDATE = 1_024;

    private static final int CHEAP = 1;
    private static final int COSTLY = 20;

    private final Http2Streams streams;
    private final Http2Outbound out;
    private final Inlet inlet;
    private final Http2Limits limits;
    private final LastPing lastPing;
    private final HeldBytes held;
    private final LongSupplier nanoTime;
    private final PeerBudget budget;
    private final HpackDecoder hpack;
    private final FrameParser parser = new FrameParser(this);
    private final Set<Integer> resets = new LinkedHashSet<>();
    private final Set<Integer> skipped = new HashSet<>();

    private int prefaceBytes;
    private boolean hasSettings;

    // The header block that is being read.
    private int blockStream;
    private boolean blockEndsStream;
    private byte[] block = new byte[0];
    private volatile long blockBegunAt;
    private int heldOfFrames;

    // Guarded by the streams: how much the peer may still send, and how much of it has yet to be given back.
    private int window = CONNECTION_WINDOW;
    private int toGiveBack;

    Http2Inbound(
            Http2Streams streams,
            Http2Outbound out,
            Inlet inlet,
            Http2Limits limits,
            LastPing lastPing,
            HeldBytes held,
            LongSupplier nanoTime) {
        this.streams = streams;
        this.out = out;
        this.inlet = inlet;
        this.limits = limits;
        this.lastPing = lastPing;
        this.held = held;
        this.nanoTime = nanoTime;
        this.budget = new PeerBudget(nanoTime.getAsLong());
        this.hpack = new HpackDecoder(limits.maxHeaderListBytes());
    }

    /** Takes what was read. */
    void add(byte[] bytes) throws ConnectionError {
        int preface = Math.min(bytes.length, PREFACE.length - prefaceBytes);
        if (!Arrays.equals(bytes, 0, preface, PREFACE, prefaceBytes, prefaceBytes + preface)) {
            throw protocol("the connection preface is not that of HTTP/2");
        }
        prefaceBytes += preface;
        try {
            parser.add(preface == 0 ? bytes : Arrays.copyOfRange(bytes, preface, bytes.length));
        } finally {
            holdFrames(parser.begunBytes() + block.length);
        }
        if (heldOfFrames > 0 && held.isFull()) {
            throw new ConnectionError(Http2.ENHANCE_YOUR_CALM, "too much is held for peers that send parts of frames");
        }
    }

    private void holdFrames(int bytes) {
        held.add(bytes - heldOfFrames);
        heldOfFrames = bytes;
    }

    /** Nothing more will be added. */
    void close() {
        holdFrames(0);
        block = new byte[0];
    }

    /** For how long a header block has been incomplete, in nanoseconds; 0 while none is. */
    long incompleteNanos(long now) {
        long begun = blockBegunAt;
        return begun == 0 ? 0 : now - begun;
    }

    @Override
    public void frame(int type, int flags, int stream, byte[] bytes, int from, int length) throws ConnectionError {
        if (!hasSettings && (type != Http2.SETTINGS || (flags & Http2.ACK) != 0)) {
            throw protocol("the first frame is not SETTINGS");
        }
        if (blockStream != 0 && (type != Http2.CONTINUATION || stream != blockStream)) {
            throw protocol("another frame in the middle of a header block");
        }
        switch (type) {
            case Http2.DATA -> data(flags, stream, bytes, from, length);
            case Http2.HEADERS -> headers(flags, stream, bytes, from, length);
            case Http2.PRIORITY -> priority(stream, length);
            case Http2.RST_STREAM -> resetByPeer(stream, length);
            case Http2.SETTINGS -> settings(flags, stream, bytes, from, length);
            case Http2.PUSH_PROMISE -> throw protocol("PUSH_PROMISE from a client");
            case Http2.PING -> ping(flags, stream, bytes, from, length);
            case Http2.GOAWAY -> goAway(stream, length);
            case Http2.WINDOW_UPDATE -> windowUpdate(stream, bytes, from, length);
            case Http2.CONTINUATION -> continuation(flags, stream, bytes, from, length);
            default -> spend(CHEAP, "of an unknown type");
        }
    }

    private static ConnectionError protocol(String message) {
        return new ConnectionError(Http2.PROTOCOL_ERROR, message);
    }

    private void spend(int cost, String on) throws ConnectionError {
        budget.spend(cost, on, nanoTime.getAsLong());
    }

    private static void requireLength(int length, int required, String type) throws ConnectionError {
        if (length != required) {
            throw new ConnectionError(
                    Http2.FRAME_SIZE_ERROR, type + " of " + length + " bytes; it must have " + required);
        }
    }

    /** The stream that a frame is on; null when it has ended. */
    private @Nullable GateStream stream(int id, String type) throws ConnectionError {
        if (id == 0) {
            throw protocol(type + " on stream 0");
        }
        GateStream stream = streams.get(id);
        if (stream == null && (id > streams.last() || id % 2 == 0)) {
            throw protocol(type + " on stream " + id + ", which was never opened");
        }
        return stream;
    }

    // DATA.

    @Override
    public void tooLong(int id, int length) throws ConnectionError {
        receive(length);
        GateStream stream = stream(id, "DATA");
        giveBack(length);
        spend(COSTLY, "DATA that is too long");
        if (stream != null) {
            reset(stream, Http2.FRAME_SIZE_ERROR);
        }
    }

    private void data(int flags, int id, byte[] bytes, int from, int length) throws ConnectionError {
        receive(length);
        GateStream stream = stream(id, "DATA");
        int start = from;
        int size = length;
        if ((flags & Http2.PADDED) != 0) {
            size = unpadded(bytes, from, length);
            start++;
        }
        boolean last = (flags & Http2.END_STREAM) != 0;
        if (size == 0 && !last) {
            spend(CHEAP, "DATA without data");
        }
        if (stream == null) {
            giveBack(length);
            onEnded(id);
            return;
        }
        int fault = body(stream, bytes, start, size, length, last);
        if (fault != Http2.NO_ERROR) {
            spend(COSTLY, "DATA that its stream does not allow");
            reset(stream, fault);
        }
    }

    private static int unpadded(byte[] bytes, int from, int length) throws ConnectionError {
        if (length < 1 || (bytes[from] & 0xff) >= length) {
            throw protocol("padding longer than its frame");
        }
        return length - 1 - (bytes[from] & 0xff);
    }

    /** Takes from the connection's window. */
    private void receive(int length) throws ConnectionError {
        synchronized (streams) {
            window -= length;
            if (window < 0) {
                throw new ConnectionError(Http2.FLOW_CONTROL_ERROR, "DATA beyond the connection's window");
            }
        }
    }

    /** Passes on a part of a body; says which error it is, if it is one. */
    private int body(GateStream stream, byte[] bytes, int start, int size, int length, boolean last) {
        synchronized (streams) {
            if (stream.isReset) {
                giveBack(length);
                return Http2.NO_ERROR; // the peer may not have heard of it
            }
            if (stream.remoteEnded) {
                giveBack(length);
                return Http2.STREAM_CLOSED;
            }
            stream.heardAt = nanoTime.getAsLong();
            stream.bodyBytes += size;
            stream.receiveWindow -= length;
            stream.unreturned += length;
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
                returned(stream, length); // it is answered, and nobody reads the rest
            } else {
                stream.body.add(bytes, start, size);
                if (length > size) {
                    returned(stream, length - size);
                }
            }
            if (last) {
                endBody(stream);
            }
            feed(stream);
            return Http2.NO_ERROR;
        }
    }

    private void endBody(GateStream stream) {
        stream.remoteEnded = true;
        stream.body.complete();
        feed(stream);
        streams.forgetIfDone(stream, nanoTime.getAsLong());
    }

    private void feed(GateStream stream) {
        if (!stream.isKnownToHelidon) {
            return;
        }
        for (byte[] frame = stream.body.next(stream.id); frame != null; frame = stream.body.next(stream.id)) {
            inlet.add(frame);
        }
    }

    /** A handler has taken a part of a body. */
    void taken(GateStream stream, int length) {
        synchronized (streams) {
            if (stream.isReset || stream.unreturned < length) {
                return; // was given back with the stream's end
            }
            stream.body.taken();
            returned(stream, length);
            feed(stream);
        }
    }

    /** Gives a part of a body back to both windows. */
    private void returned(GateStream stream, int length) {
        unhold(stream, length);
        stream.receiveWindow += length;
        if (!stream.remoteEnded) { // also once it is answered: many a client sends its body to the end all the same
            out.control(ControlFrames.windowUpdate(stream.id, length));
        }
        giveBack(length);
    }

    private void unhold(GateStream stream, int length) {
        stream.unreturned -= length;
        held.add(-length);
    }

    private void giveBack(int length) {
        synchronized (streams) {
            toGiveBack += length;
            if (toGiveBack >= GIVE_BACK_BYTES) {
                out.control(ControlFrames.windowUpdate(0, toGiveBack));
                window += toGiveBack;
                toGiveBack = 0;
            }
        }
    }

    // HEADERS and CONTINUATION.

    private void headers(int flags, int id, byte[] bytes, int from, int length) throws ConnectionError {
        if (id % 2 == 0) {
            throw protocol("HEADERS on stream " + id + "; a client's streams have odd numbers");
        }
        int start = from;
        int size = length;
        if ((flags & Http2.PADDED) != 0) {
            size = unpadded(bytes, from, length);
            start++;
        }
        if ((flags & Http2.WITH_PRIORITY) != 0) {
            start += 5;
            size -= 5;
        }
        if (size < 0) {
            throw new ConnectionError(Http2.FRAME_SIZE_ERROR, "HEADERS with no room for what its flags say");
        }
        blockStream = id;
        blockBegunAt = nanoTime.getAsLong() | 1; // 0 stands for none
        blockEndsStream = (flags & Http2.END_STREAM) != 0;
        addToBlock(flags, bytes, start, size);
    }

    private void continuation(int flags, int id, byte[] bytes, int from, int length) throws ConnectionError {
        if (blockStream == 0) {
            throw protocol("CONTINUATION on stream " + id + " without HEADERS before it");
        }
        spend(COSTLY, "CONTINUATION");
        addToBlock(flags, bytes, from, length);
    }

    private void addToBlock(int flags, byte[] bytes, int from, int length) throws ConnectionError {
        int size = block.length;
        if (size + length > MAX_BLOCK_BYTES) {
            throw new ConnectionError(
                    Http2.ENHANCE_YOUR_CALM, "a header block of more than " + MAX_BLOCK_BYTES + " bytes");
        }
        block = Arrays.copyOf(block, size + length);
        System.arraycopy(bytes, from, block, size, length);
        if ((flags & Http2.END_HEADERS) != 0) {
            int id = blockStream;
            byte[] whole = block;
            blockStream = 0;
            blockBegunAt = 0;
            block = new byte[0];
            block(id, whole);
        }
    }

    private void block(int id, byte[] whole) throws ConnectionError {
        HpackDecoder.Fields decoded;
        try {
            decoded = hpack.decode(whole);
        } catch (HpackException e) {
            throw new ConnectionError(Http2.COMPRESSION_ERROR, String.valueOf(e.getMessage()));
        }
        GateStream stream = streams.get(id);
        if (stream != null) {
            trailers(stream, decoded);
        } else if (skipped.contains(id)) {
            throw protocol("HEADERS on stream " + id + ", behind a higher one");
        } else if (id <= streams.last()) {
            onEnded(id);
        } else {
            skip(streams.last(), id);
            streams.used(id);
            request(id, decoded);
        }
    }

    /** Remembers numbers that the peer leaves out, which it may not use any more: a bounded number of them. */
    private void skip(int last, int next) {
        for (int id = last == 0 ? 1 : last + 2; id < next && skipped.size() < REMEMBERED_RESETS; id += 2) {
            skipped.add(id);
        }
    }

    private void trailers(GateStream stream, HpackDecoder.Fields decoded) throws ConnectionError {
        int fault = trailersFault(stream, decoded);
        if (fault != Http2.NO_ERROR) {
            spend(COSTLY, "HEADERS that their stream does not allow");
            reset(stream, fault);
        }
    }

    private int trailersFault(GateStream stream, HpackDecoder.Fields decoded) {
        synchronized (streams) {
            if (stream.isReset) {
                return Http2.NO_ERROR; // the peer may not have heard of it
            }
            if (stream.remoteEnded) {
                return Http2.STREAM_CLOSED;
            }
            Optional<String> malformed = RequestFields.trailersFault(decoded.fields());
            if (!blockEndsStream || malformed.isPresent() || decoded.isTooLarge() || stream.bodyLeft > 0) {
                return Http2.PROTOCOL_ERROR;
            }
            endBody(stream); // Helidon has no use for trailers, and forgets to wake who waits for the body's end
            return Http2.NO_ERROR;
        }
    }

    private void request(int id, HpackDecoder.Fields decoded) throws ConnectionError {
        if (streams.count() >= limits.maxStreams() || out.isClogged()) {
            spend(CHEAP, "HEADERS beyond the limit of streams");
            resetUnopened(id, Http2.REFUSED_STREAM);
            return;
        }
        if (decoded.isTooLarge()) {
            answer(
                    id,
                    GateAnswer.of(
                            431,
                            "the header fields must take at most " + limits.maxHeaderListBytes()
                                    + " bytes, with 32 for each field beside its text"));
            return;
        }
        switch (RequestFields.judge(decoded.fields())) {
            case Verdict.Malformed malformed -> {
                spend(COSTLY, "malformed HEADERS");
                resetUnopened(id, Http2.PROTOCOL_ERROR);
            }
            case Verdict.Answered answered -> answer(id, answered.answer());
            case Verdict.Accepted accepted -> accept(id, accepted);
        }
    }

    private void accept(int id, Verdict.Accepted request) throws ConnectionError {
        if (blockEndsStream && request.contentLength() > 0) {
            spend(COSTLY, "malformed HEADERS");
            resetUnopened(id, Http2.PROTOCOL_ERROR);
            return;
        }
        synchronized (streams) {
            GateStream stream = streams.open(id, request.isGrpc(), request.contentLength(), nanoTime.getAsLong());
            stream.isKnownToHelidon = true;
            stream.isServed = true;
            int flags = Http2.END_HEADERS;
            if (blockEndsStream) {
                flags |= Http2.END_STREAM;
                stream.remoteEnded = true;
                stream.body.drop();
            }
            inlet.add(ControlFrames.frame(Http2.HEADERS, flags, id, HpackEncoder.encode(request.fields(), false)));
        }
    }

    /** Answers a request that Helidon does not get to see. */
    private void answer(int id, GateAnswer answer) throws ConnectionError {
        spend(COSTLY, "requests that are refused");
        GateStream stream;
        synchronized (streams) {
            stream = streams.open(id, false, -1, nanoTime.getAsLong());
            stream.remoteEnded = blockEndsStream;
            stream.body.drop();
        }
        out.answer(stream, answer);
    }

    /** A frame came on a stream that has ended. */
    private void onEnded(int id) throws ConnectionError {
        spend(CHEAP, "on streams that have ended");
        synchronized (streams) {
            if (!resets.contains(id)) { // else the peer may not have heard of the reset
                resetUnopened(id, Http2.STREAM_CLOSED);
            }
        }
    }

    // Resets.

    private void resetByPeer(int id, int length) throws ConnectionError {
        requireLength(length, 4, "RST_STREAM");
        spend(COSTLY, "RST_STREAM");
        GateStream stream = stream(id, "RST_STREAM");
        if (stream != null) {
            end(stream);
        }
    }

    private void resetUnopened(int id, int code) {
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
            stream.body.drop();
            out.drop(stream);
            giveBack(stream.unreturned);
            unhold(stream, stream.unreturned);
            streams.forgetIfDone(stream, nanoTime.getAsLong());
        }
    }

    /** The hub has answered before the request had come to its end: nobody reads the rest. */
    void answeredEarly(GateStream stream) {
        synchronized (streams) {
            tellHelidon(stream);
            stream.body.drop();
            int rest = stream.unreturned;
            unhold(stream, rest);
            stream.receiveWindow += rest;
            giveBack(rest);
        }
    }

    /** As {@link #answeredEarly}; and the peer is told, by whoever calls this, that it need not send the rest. */
    void closeEarly(GateStream stream) {
        synchronized (streams) {
            answeredEarly(stream);
            remember(stream.id);
            stream.isReset = true;
            stream.remoteEnded = true;
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

    // What is about the connection.

    private void priority(int id, int length) throws ConnectionError {
        if (id == 0) {
            throw protocol("PRIORITY on stream 0");
        }
        spend(CHEAP, "PRIORITY");
        GateStream stream = streams.get(id);
        if (length != 5 && stream != null) {
            reset(stream, Http2.FRAME_SIZE_ERROR);
        } else if (length != 5) {
            throw new ConnectionError(Http2.FRAME_SIZE_ERROR, "PRIORITY of " + length + " bytes; it must have 5");
        }
    }

    private void settings(int flags, int id, byte[] bytes, int from, int length) throws ConnectionError {
        if (id != 0) {
            throw protocol("SETTINGS on stream " + id);
        }
        if ((flags & Http2.ACK) != 0) {
            requireLength(length, 0, "SETTINGS that acknowledge");
            spend(CHEAP, "SETTINGS");
            return;
        }
        if (length % 6 != 0) {
            throw new ConnectionError(Http2.FRAME_SIZE_ERROR, "SETTINGS of " + length + " bytes, six for each");
        }
        spend(COSTLY + length / 6, "SETTINGS");
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
                    throw protocol("ENABLE_PUSH is " + value + "; it must be 0 or 1");
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
                    throw protocol("MAX_FRAME_SIZE is " + value + "; it must be from 16384 to 16777215");
                }
            }
            default -> {} // it limits what the hub does not do, or is unknown
        }
    }

    private void ping(int flags, int id, byte[] bytes, int from, int length) throws ConnectionError {
        requireLength(length, 8, "PING");
        if (id != 0) {
            throw protocol("PING on stream " + id);
        }
        spend(CHEAP, "PING");
        byte[] payload = Arrays.copyOfRange(bytes, from, from + length);
        if ((flags & Http2.ACK) != 0) {
            lastPing.answered(payload);
        } else {
            out.control(ControlFrames.frame(Http2.PING, Http2.ACK, 0, payload));
        }
    }

    /** The streams that there are go on. */
    private void goAway(int id, int length) throws ConnectionError {
        if (id != 0) {
            throw protocol("GOAWAY on stream " + id);
        }
        if (length < 8) {
            throw new ConnectionError(Http2.FRAME_SIZE_ERROR, "GOAWAY of " + length + " bytes; it has at least 8");
        }
        spend(COSTLY, "GOAWAY");
    }

    private void windowUpdate(int id, byte[] bytes, int from, int length) throws ConnectionError {
        requireLength(length, 4, "WINDOW_UPDATE");
        int increment = Http2.intAt(bytes, from) & Http2.MAX_WINDOW;
        if (increment < LARGE_UPDATE) {
            spend(CHEAP, "WINDOW_UPDATE");
        }
        if (id == 0) {
            if (increment == 0) {
                throw protocol("WINDOW_UPDATE by 0 for the connection");
            }
            if (!streams.grow(increment)) {
                throw new ConnectionError(Http2.FLOW_CONTROL_ERROR, "the connection's window is made too large");
            }
        } else {
            GateStream stream = stream(id, "WINDOW_UPDATE");
            if (stream == null) {
                spend(CHEAP, "WINDOW_UPDATE");
                return; // it was on the way when the stream ended
            }
            boolean wrong = increment == 0;
            if (wrong || !streams.grow(stream, increment)) {
                spend(COSTLY, "WINDOW_UPDATE that is wrong");
                reset(stream, wrong ? Http2.PROTOCOL_ERROR : Http2.FLOW_CONTROL_ERROR);
            }
        }
        out.flushSoon();
    }
}
