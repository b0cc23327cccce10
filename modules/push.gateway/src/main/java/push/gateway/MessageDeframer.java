package push.gateway;

import io.grpc.Status;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits the bytes of a gRPC stream into messages. A message is a flag, a length of four bytes, and that many bytes.
 * Frame boundaries have no meaning: a frame may contain several messages, or only a part of a prefix.
 */
final class MessageDeframer {

    /** The default limit of gRPC implementations, and four times the largest event that the hub publishes. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final int PREFIX_BYTES = 5;

    private byte[] bytes = new byte[0];
    private int from;

    /** Adds the next bytes of the stream. */
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
     * Returns the next message, or null if it has not arrived completely.
     *
     * @throws StreamEnded if the message is compressed or too long, so that the stream cannot be read any further
     */
    byte @Nullable [] next() throws StreamEnded {
        if (bytes.length - from < PREFIX_BYTES) {
            return null;
        }
        int length = length();
        if (bytes.length - from - PREFIX_BYTES < length) {
            return null;
        }
        int start = from + PREFIX_BYTES;
        from = start + length;
        return Arrays.copyOfRange(bytes, start, from);
    }

    private int length() throws StreamEnded {
        if (bytes[from] != 0) {
            throw StreamEnded.byOther(
                    Status.INTERNAL.withDescription("received a compressed message, but this client accepts none"));
        }
        int length = 0;
        for (int i = 1; i < PREFIX_BYTES; i++) {
            length = length << Byte.SIZE | Byte.toUnsignedInt(bytes[from + i]);
        }
        if (length < 0 || length > MAX_BYTES) {
            String size = Integer.toUnsignedString(length);
            throw StreamEnded.byOther(Status.RESOURCE_EXHAUSTED.withDescription(
                    "received a message of " + size + " bytes; the maximum is " + MAX_BYTES));
        }
        return length;
    }
}
