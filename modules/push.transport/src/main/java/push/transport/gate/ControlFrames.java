package push.transport.gate;

import java.nio.ByteBuffer;

/** Frames for the connection itself, as RFC 9113 lays them out: length, type, flags, stream, payload. */
final class ControlFrames {

    private ControlFrames() {}

    /** {@code PING} with eight bytes that mean nothing. */
    static byte[] ping() {
        return new byte[] {0, 0, 8, 6, 0, 0, 0, 0, 0, 'p', 'u', 's', 'h', 'p', 'i', 'n', 'g'};
    }

    /** {@code PING} with eight bytes by which the answer to it is known. */
    static byte[] ping(long payload) {
        byte[] frame = ping();
        ByteBuffer.wrap(frame).putLong(frame.length - Long.BYTES, payload);
        return frame;
    }

    /** {@code GOAWAY} with {@code NO_ERROR} and the last stream of all: a shutdown that is graceful. */
    static byte[] goAway() {
        return new byte[] {0, 0, 8, 7, 0, 0, 0, 0, 0, 0x7f, -1, -1, -1, 0, 0, 0, 0};
    }
}
