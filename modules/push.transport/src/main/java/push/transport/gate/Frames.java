package push.transport.gate;

import java.nio.ByteBuffer;

/** Assembles DATA frames, RFC 9113 section 6.1, in a buffer. */
public final class Frames {

    public static final int HEADER_BYTES = 9;

    /** The offset of the stream id in a frame header. */
    private static final int STREAM_ID_OFFSET = 5;

    /** The largest payload of one frame, in bytes; every peer accepts this size. */
    public static final int MAX_PAYLOAD_BYTES = 16_384;

    /** The largest number of frames in one write. */
    public static final int MAX_FRAMES = 4;

    /** The largest payload of one write, in bytes. */
    public static final int MAX_WRITE_BYTES = MAX_FRAMES * MAX_PAYLOAD_BYTES;

    /** The size of the buffer for one write, in bytes. */
    public static final int BUFFER_BYTES = MAX_FRAMES * (HEADER_BYTES + MAX_PAYLOAD_BYTES);

    private Frames() {}

    /** Writes the header of a DATA frame without flags. */
    public static void putHeader(ByteBuffer into, int payloadBytes, int streamId) {
        into.putInt(payloadBytes << 8); // type 0: DATA
        into.put((byte) 0);
        into.putInt(streamId);
    }

    /** Sets the stream id of all frames in the buffer; all but the last must be full. */
    public static void address(ByteBuffer frames, int streamId) {
        for (int at = STREAM_ID_OFFSET; at < frames.limit(); at += HEADER_BYTES + MAX_PAYLOAD_BYTES) {
            frames.putInt(at, streamId);
        }
    }
}
