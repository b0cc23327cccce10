package conformance.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** The messages of gRPC calls, byte by byte. */
public final class GrpcMessages {

    private static final int PREFIX_BYTES = 5;

    private GrpcMessages() {}

    /** A gRPC message, uncompressed, with its prefix. */
    public static byte[] message(byte... message) {
        return ByteBuffer.allocate(PREFIX_BYTES + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
    }

    /** The request of a gateway with this id, which has at most 127 characters. */
    public static byte[] subscription(String id) {
        byte[] text = id.getBytes(UTF_8);
        return message(ByteBuffer.allocate(2 + text.length)
                .put((byte) 0x0a)
                .put((byte) text.length)
                .put(text)
                .array());
    }
}
