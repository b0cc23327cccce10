package push.transport.gate;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Builds whole frames in the format of RFC 9113: length, type, flags, stream identifier, payload. */
final class ControlFrames {

    private static final int RESERVED_BIT = 0x7fff_ffff;
    private static final int SETTING_BYTES = 6;

    private ControlFrames() {}

    /** Builds a frame of any type. */
    static byte[] frame(int type, int flags, int stream, byte[] payload, int from, int length) {
        return ByteBuffer.allocate(Http2.FRAME_HEADER_BYTES + length)
                .putInt(length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload, from, length)
                .array();
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return frame(type, flags, stream, payload, 0, payload.length);
    }

    /**
     * A header block as a HEADERS frame, followed by as many CONTINUATION frames as the block needs.
     *
     * @param endsStream whether the block is the last thing on its stream
     */
    static byte[] headers(int stream, byte[] block, boolean endsStream) {
        int endStream = endsStream ? Http2.END_STREAM : 0;
        if (block.length <= Http2.MAX_FRAME_BYTES) {
            return frame(Http2.HEADERS, endStream | Http2.END_HEADERS, stream, block);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(block.length + 64);
        for (int at = 0; at < block.length; at += Http2.MAX_FRAME_BYTES) {
            int length = Math.min(Http2.MAX_FRAME_BYTES, block.length - at);
            int type = at == 0 ? Http2.HEADERS : Http2.CONTINUATION;
            int flags = (at == 0 ? endStream : 0) | (at + length == block.length ? Http2.END_HEADERS : 0);
            all.writeBytes(frame(type, flags, stream, block, at, length));
        }
        return all.toByteArray();
    }

    private static byte[] frameOfInt(int type, int stream, int value) {
        return frame(type, 0, stream, ByteBuffer.allocate(4).putInt(value).array());
    }

    /** A {@code PING} with eight bytes that have no meaning. */
    static byte[] ping() {
        return frame(Http2.PING, 0, 0, "pushping".getBytes(StandardCharsets.US_ASCII));
    }

    /** A {@code PING} with eight bytes that identify its acknowledgement. */
    static byte[] ping(long payload) {
        return frame(Http2.PING, 0, 0, ByteBuffer.allocate(8).putLong(payload).array());
    }

    /** A {@code SETTINGS} frame: pairs of an identifier and a value. */
    static byte[] settings(int... pairs) {
        ByteBuffer payload = ByteBuffer.allocate(pairs.length / 2 * SETTING_BYTES);
        for (int i = 0; i < pairs.length; i += 2) {
            payload.putShort((short) pairs[i]).putInt(pairs[i + 1]);
        }
        return frame(Http2.SETTINGS, 0, 0, payload.array());
    }

    static byte[] settingsAck() {
        return frame(Http2.SETTINGS, Http2.ACK, 0, new byte[0]);
    }

    static byte[] reset(int stream, int code) {
        return frameOfInt(Http2.RST_STREAM, stream, code);
    }

    static byte[] windowUpdate(int stream, int increment) {
        return frameOfInt(Http2.WINDOW_UPDATE, stream, increment);
    }

    /** A {@code GOAWAY} for a graceful shutdown: with {@code NO_ERROR} and the highest possible stream identifier. */
    static byte[] goAway() {
        return goAway(RESERVED_BIT, Http2.NO_ERROR, "");
    }

    static byte[] goAway(int lastStream, int code, String why) {
        byte[] text = why.getBytes(StandardCharsets.UTF_8);
        byte[] payload = ByteBuffer.allocate(8 + text.length)
                .putInt(lastStream)
                .putInt(code)
                .put(text)
                .array();
        return frame(Http2.GOAWAY, 0, 0, payload);
    }
}
