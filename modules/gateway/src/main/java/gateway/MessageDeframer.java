package gateway;

import io.grpc.Status;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of a gRPC stream into messages: a flag, a length of four bytes, and so many bytes. Where the
 * bytes are cut into frames means nothing: a frame may carry several messages, or part of a prefix.
 */
final class MessageDeframer {

    /** What gRPC implementations take by default, and four times what the hub publishes. */
    static final int LONGEST = 4 * 1024 * 1024;

    private static final int PREFIX = 5;

    private byte[] bytes = new byte[0];
    private int from;

    /** Takes the next bytes. */
    void add(byte[] more) {
        if (from == bytes.length) {
            bytes = more;
        } else {
            byte[] rest = Arrays.copyOfRange(bytes, from, bytes.length + more.length);
            System.arraycopy(more, 0, rest, bytes.length - from, more.length);
            bytes = rest;
        }
        from = 0;
    }

    /**
     * The next message, or null if it is not there in full.
     *
     * @throws StreamEnded if the stream cannot be understood any further
     */
    byte @Nullable [] next() throws StreamEnded {
        if (bytes.length - from < PREFIX) {
            return null;
        }
        int length = length();
        if (bytes.length - from - PREFIX < length) {
            return null;
        }
        int start = from + PREFIX;
        from = start + length;
        return Arrays.copyOfRange(bytes, start, from);
    }

    private int length() throws StreamEnded {
        if (bytes[from] != 0) {
            throw StreamEnded.byOther(Status.INTERNAL.withDescription("a compressed message, which was not offered"));
        }
        int length = 0;
        for (int i = 1; i < PREFIX; i++) {
            length = length << Byte.SIZE | Byte.toUnsignedInt(bytes[from + i]);
        }
        if (length < 0 || length > LONGEST) {
            String size = Integer.toUnsignedString(length);
            throw StreamEnded.byOther(Status.RESOURCE_EXHAUSTED.withDescription("a message of " + size + " bytes"));
        }
        return length;
    }
}
