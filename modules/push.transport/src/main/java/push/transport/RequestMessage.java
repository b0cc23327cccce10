package push.transport;

import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
import io.grpc.Status;
import io.grpc.StatusException;
import io.helidon.common.buffers.BufferData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The one message of a request, which may come in pieces: a byte that says whether it is compressed, its length in
 * four bytes, and itself. For one thread.
 */
final class RequestMessage {

    /** What a request may have at most: room for an interest in 50,000 users. */
    static final int MAX_BYTES = 2 << 20;

    private static final int PREFIX_BYTES = 5;

    private final Decompressor decompressor;
    private byte[] bytes = new byte[128];
    private int size;

    /**
     * @param encoding the value of {@code grpc-encoding}
     * @throws StatusException when there is no such encoding here
     */
    RequestMessage(String encoding) throws StatusException {
        @Nullable Decompressor known = DecompressorRegistry.getDefaultInstance().lookupDecompressor(encoding);
        if (known == null) {
            throw Status.UNIMPLEMENTED
                    .withDescription("grpc-encoding must be one of " + encodings())
                    .asException();
        }
        this.decompressor = known;
    }

    /** What a compressed request may be encoded with. */
    static String encodings() {
        return String.join(",", DecompressorRegistry.getDefaultInstance().getAdvertisedMessageEncodings());
    }

    /** Adds a piece; refuses what can't become a request as soon as that is known. */
    void add(BufferData piece) throws StatusException {
        int more = piece.available();
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(
                    bytes, Math.max(2 * bytes.length, size + more)); // a piece is one frame, and no larger
        }
        size += piece.read(bytes, size, more);
        if (size < PREFIX_BYTES) {
            return;
        }
        if (length() > MAX_BYTES) {
            throw tooLarge();
        }
        if (size > PREFIX_BYTES + length()) {
            throw invalid("there must be one request message, and there were more");
        }
    }

    /** The message, now that all has come. */
    byte[] complete() throws StatusException {
        if (size == 0) {
            throw invalid("the request message is missing");
        }
        if (size < PREFIX_BYTES || size < PREFIX_BYTES + length()) {
            throw invalid("the request message is cut short");
        }
        return switch (bytes[0]) {
            case 0 -> Arrays.copyOfRange(bytes, PREFIX_BYTES, size);
            case 1 -> decompressed(new ByteArrayInputStream(bytes, PREFIX_BYTES, size - PREFIX_BYTES));
            default ->
                throw Status.INTERNAL
                        .withDescription("the request's first byte must be 0 or 1, and was " + bytes[0])
                        .asException();
        };
    }

    private long length() {
        return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(1));
    }

    private byte[] decompressed(InputStream compressed) throws StatusException {
        if (decompressor.getMessageEncoding().equals("identity")) {
            throw Status.INTERNAL
                    .withDescription("the request is compressed, and grpc-encoding does not say how")
                    .asException();
        }
        try (InputStream plain = decompressor.decompress(compressed)) {
            byte[] message = plain.readNBytes(MAX_BYTES + 1);
            if (message.length > MAX_BYTES) {
                throw tooLarge();
            }
            return message;
        } catch (IOException e) {
            throw invalid("the request can't be decompressed: " + e.getMessage());
        }
    }

    private static StatusException tooLarge() {
        return Status.RESOURCE_EXHAUSTED
                .withDescription("the request must be at most " + MAX_BYTES + " bytes")
                .asException();
    }

    private static StatusException invalid(String description) {
        return Status.INVALID_ARGUMENT.withDescription(description).asException();
    }
}
