package push.transport.gate;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Parses what the peer sends: the preface and the frames. Each frame must be allowed at its place, and goes to the
 * class that handles it: {@link HeaderBlocks}, {@link PeerSettings} or {@link FrameHandler}. For the connection's
 * reading thread.
 */
final class Http2Inbound implements FrameParser.Sink {

    private static final byte[] PREFACE = Preface.bytes();

    private final HeaderBlocks headerBlocks;
    private final PeerSettings settings;
    private final FrameHandler handler;
    private final HeldBytes.Account held;
    private final LongSupplier nanoTime;
    private final FrameParser parser = new FrameParser(this);
    private int prefaceBytes;
    private int heldOfFrames;
    private long frames;
    private volatile long frameBegunAt;

    Http2Inbound(
            HeaderBlocks headerBlocks,
            PeerSettings settings,
            FrameHandler handler,
            HeldBytes.Account held,
            LongSupplier nanoTime) {
        this.headerBlocks = headerBlocks;
        this.settings = settings;
        this.handler = handler;
        this.held = held;
        this.nanoTime = nanoTime;
    }

    /** Handles bytes that were read. */
    void add(byte[] bytes) throws ConnectionError {
        int preface = Math.min(bytes.length, PREFACE.length - prefaceBytes);
        if (!Arrays.equals(bytes, 0, preface, PREFACE, prefaceBytes, prefaceBytes + preface)) {
            throw ConnectionError.protocol("the connection does not begin with the HTTP/2 preface");
        }
        prefaceBytes += preface;
        long before = frames;
        try {
            parser.add(preface == 0 ? bytes : Arrays.copyOfRange(bytes, preface, bytes.length));
        } finally {
            holdFrames(parser.begunBytes() + headerBlocks.begunBytes());
        }
        if (parser.begunBytes() == 0) {
            frameBegunAt = 0;
        } else if (frameBegunAt == 0 || frames > before) {
            frameBegunAt = nanoTime.getAsLong() | 1; // 0 stands for none
        }
        if (heldOfFrames > 0 && held.isFull()) {
            throw new ConnectionError(Http2.ENHANCE_YOUR_CALM, "the hub holds too many bytes of incomplete frames");
        }
    }

    private void holdFrames(int bytes) {
        held.add(bytes - heldOfFrames);
        heldOfFrames = bytes;
    }

    /** Releases unfinished frames: no more bytes will be added. */
    void close() {
        holdFrames(0);
        headerBlocks.close();
    }

    /** How long a header block has been incomplete, in nanoseconds; 0 while none is. For any thread. */
    long incompleteNanos(long now) {
        return headerBlocks.incompleteNanos(now);
    }

    /** How long a frame has been incomplete, in nanoseconds; 0 while none is. For any thread. */
    long incompleteFrameNanos(long now) {
        long begun = frameBegunAt;
        return begun == 0 ? 0 : now - begun;
    }

    @Override
    public void frame(int type, int flags, int stream, byte[] bytes, int from, int length) throws ConnectionError {
        frames++;
        if (!settings.hasArrived() && (type != Http2.SETTINGS || (flags & Http2.ACK) != 0)) {
            throw ConnectionError.protocol("the first frame is not SETTINGS");
        }
        if (!headerBlocks.allows(type, stream)) {
            throw ConnectionError.protocol("another frame in the middle of a header block");
        }
        switch (type) {
            case Http2.DATA -> handler.data(flags, stream, bytes, from, length);
            case Http2.HEADERS -> headerBlocks.headers(flags, stream, bytes, from, length);
            case Http2.PRIORITY -> handler.priority(stream, length);
            case Http2.RST_STREAM -> handler.reset(stream, length);
            case Http2.SETTINGS -> settings.handle(flags, stream, bytes, from, length);
            case Http2.PUSH_PROMISE -> throw ConnectionError.protocol("PUSH_PROMISE from a client");
            case Http2.PING -> handler.ping(flags, stream, bytes, from, length);
            case Http2.GOAWAY -> handler.goAway(stream, length);
            case Http2.WINDOW_UPDATE -> handler.windowUpdate(stream, bytes, from, length);
            case Http2.CONTINUATION -> headerBlocks.continuation(flags, stream, bytes, from, length);
            default -> handler.unknown();
        }
    }

    @Override
    public void tooLong(int stream, int length) throws ConnectionError {
        handler.tooLongData(stream, length);
    }
}
