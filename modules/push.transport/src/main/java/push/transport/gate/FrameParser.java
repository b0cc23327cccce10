package push.transport.gate;

import java.util.Arrays;

/** Parses frames from the bytes of a connection, which may arrive in any pieces. For one thread. */
final class FrameParser {

    /** Receives frames. */
    interface Sink {

        /**
         * A whole frame.
         *
         * @param bytes holds the payload from {@code from} on; must not be kept after the call
         */
        void frame(int type, int flags, int stream, byte[] bytes, int from, int length) throws ConnectionError;

        /** A DATA frame that is longer than the hub accepts. Its payload is skipped. */
        void tooLong(int stream, int length) throws ConnectionError;
    }

    private final Sink sink;
    private byte[] begun = new byte[0]; // the part of a frame that has arrived so far
    private int size;
    private int toSkip;

    FrameParser(Sink sink) {
        this.sink = sink;
    }

    /** Parses the next bytes, and passes each complete frame to the sink. */
    void add(byte[] bytes) throws ConnectionError {
        int at = 0;
        while (at < bytes.length) {
            if (toSkip > 0) {
                int skipped = Math.min(toSkip, bytes.length - at);
                toSkip -= skipped;
                at += skipped;
            } else if (size == 0 && isWhole(bytes, at, bytes.length)) {
                at += give(bytes, at);
            } else {
                at += complete(bytes, at);
            }
        }
    }

    /** The memory that is held for an incomplete frame, in bytes. */
    int begunBytes() {
        return begun.length;
    }

    /** Adds the missing bytes to the incomplete frame, as far as they have arrived, and returns how many it added. */
    private int complete(byte[] bytes, int at) throws ConnectionError {
        int wanted = size < Http2.FRAME_HEADER_BYTES
                ? Http2.FRAME_HEADER_BYTES - size
                : Http2.FRAME_HEADER_BYTES + length(begun, 0) - size;
        int part = Math.min(wanted, bytes.length - at);
        if (size + part > begun.length) {
            // The buffer grows to at most twice what has arrived: the announced length is only a promise.
            // It doubles because bytes may arrive one at a time.
            begun = Arrays.copyOf(begun, Math.max(size + part, Math.min(size + wanted, 2 * size)));
        }
        System.arraycopy(bytes, at, begun, size, part);
        size += part;
        if (isWhole(begun, 0, size)) {
            byte[] frame = begun;
            begun = new byte[0];
            size = 0;
            give(frame, 0);
        }
        return part;
    }

    /** Whether a complete frame begins here, or the header of a frame that is too long. */
    private static boolean isWhole(byte[] bytes, int at, int end) {
        return end - at >= Http2.FRAME_HEADER_BYTES
                && (length(bytes, at) > Http2.MAX_FRAME_BYTES
                        || end - at >= Http2.FRAME_HEADER_BYTES + length(bytes, at));
    }

    /** Passes the frame to the sink, and returns how many bytes it used. */
    private int give(byte[] bytes, int at) throws ConnectionError {
        int length = length(bytes, at);
        int type = bytes[at + 3] & 0xff;
        int flags = bytes[at + 4] & 0xff;
        int stream = Http2.intAt(bytes, at + 5) & Http2.MAX_WINDOW;
        if (length > Http2.MAX_FRAME_BYTES) {
            if (type != Http2.DATA) {
                throw new ConnectionError(
                        Http2.FRAME_SIZE_ERROR,
                        "a frame has " + length + " bytes; at most " + Http2.MAX_FRAME_BYTES + " are allowed");
            }
            toSkip = length;
            sink.tooLong(stream, length);
            return Http2.FRAME_HEADER_BYTES;
        }
        sink.frame(type, flags, stream, bytes, at + Http2.FRAME_HEADER_BYTES, length);
        return Http2.FRAME_HEADER_BYTES + length;
    }

    private static int length(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 16) | ((bytes[at + 1] & 0xff) << 8) | (bytes[at + 2] & 0xff);
    }
}
