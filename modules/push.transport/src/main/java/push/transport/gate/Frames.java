package push.transport.gate;

import java.nio.ByteBuffer;

/** DATA frames, RFC 9113 section 6.1, as they are put together in a buffer. */
public final class Frames {

    public static final int HEADER_BYTES = 9;

    /** Where a frame's header has the stream's id. */
    private static final int STREAM_ID_OFFSET = 5;

    /** Of one frame: what every peer takes. */
    public static final int MAX_PAYLOAD_BYTES = 16_384;

    /** Of one write. */
    public static final int MAX_FRAMES = 4;

    /** What a write carries at most. */
    public static final int MAX_WRITE_BYTES = MAX_FRAMES * MAX_PAYLOAD_BYTES;

    /** What a write needs room for. */
    public static final int BUFFER_BYTES = MAX_FRAMES * (HEADER_BYTES + MAX_PAYLOAD_BYTES);

    private Frames() {}

    /** Begins a frame, with no flags. */
    public static void putHeader(ByteBuffer into, int payloadBytes, int streamId) {
        into.putInt(payloadBytes << 8); // and type 0
        into.put((byte) 0);
        into.putInt(streamId);
    }

    /** Has the frames in a buffer, all full but for the last, belong to a stream. */
    public static void address(ByteBuffer frames, int streamId) {
        for (int at = STREAM_ID_OFFSET; at < frames.limit(); at += HEADER_BYTES + MAX_PAYLOAD_BYTES) {
            frames.putInt(at, streamId);
        }
    }
}
