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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import limits.ByteBudget;
import limits.Lease;
import limits.RequestBudget;
import org.jspecify.annotations.Nullable;

/**
 * The one message of a request, which may arrive in pieces: a byte that shows whether the message is compressed, its
 * length in four bytes, and the message itself. As soon as the length is known, room for the message is acquired
 * without waiting, and held until {@link #close}. One thread reads the message; any thread may close it.
 */
final class RequestMessage implements AutoCloseable {

    /** The largest request message, in bytes: enough for an interest in 50,000 users. */
    static final int MAX_BYTES = 2 << 20;

    private static final byte[] NONE = {};

    private final Decompressor decompressor;
    private final RequestBudget budget;

    // Guarded by this: the message may be closed while it is read.
    private final List<Lease> leases = new ArrayList<>();
    private final ByteBuffer prefix = ByteBuffer.allocate(GrpcMessage.PREFIX_BYTES);
    private byte[] bytes = NONE;
    private int size;
    private boolean closed;

    /**
     * @param encoding the value of {@code grpc-encoding}
     * @param budget the budget that room for the message is acquired from
     * @throws StatusException if the encoding is not supported
     */
    RequestMessage(String encoding, RequestBudget budget) throws StatusException {
        @Nullable Decompressor known = DecompressorRegistry.getDefaultInstance().lookupDecompressor(encoding);
        if (known == null) {
            throw Status.UNIMPLEMENTED
                    .withDescription("grpc-encoding must be one of " + encodings())
                    .asException();
        }
        this.decompressor = known;
        this.budget = budget;
    }

    /** The supported encodings of compressed requests, separated by commas. */
    static String encodings() {
        return String.join(",", DecompressorRegistry.getDefaultInstance().getAdvertisedMessageEncodings());
    }

    /** Adds a piece. Throws as soon as the pieces cannot become a valid request. */
    synchronized void add(BufferData piece) throws StatusException {
        while (prefix.hasRemaining() && piece.available() > 0) {
            prefix.put((byte) piece.read());
            if (!prefix.hasRemaining()) {
                begin();
            }
        }
        size += piece.read(bytes, size, Math.min(piece.available(), bytes.length - size));
        if (!prefix.hasRemaining() && piece.available() > 0) {
            throw invalid("there must be one request message, and there were more");
        }
    }

    private void begin() throws StatusException {
        long length = Integer.toUnsignedLong(prefix.getInt(1));
        if (length > MAX_BYTES) {
            throw tooLarge();
        }
        holdBody(length);
        bytes = new byte[(int) length];
    }

    private void holdBody(long length) throws StatusException {
        requireOpen();
        if (length > RequestBudget.SMALL_BYTES) {
            hold(budget.bodies(), length);
        }
    }

    private void requireOpen() throws StatusException {
        if (closed) {
            throw Status.CANCELLED.withDescription("the call is over").asException();
        }
    }

    private void hold(ByteBudget from, long length) throws StatusException {
        requireOpen();
        leases.add(from.tryAcquire(length).orElseThrow(RequestMessage::noRoom));
    }

    /** The message, decompressed if necessary. All pieces must have been added. */
    synchronized byte[] complete() throws StatusException {
        if (prefix.position() == 0) {
            throw invalid("the request message is missing");
        }
        if (prefix.hasRemaining() || size < bytes.length) {
            throw invalid("the request message is cut short");
        }
        byte[] message = switch (prefix.get(0)) {
            case 0 -> bytes;
            case 1 -> decompressed();
            default ->
                throw Status.INTERNAL
                        .withDescription("the request's first byte must be 0 or 1, but was " + prefix.get(0))
                        .asException();
        };
        if (message.length > RequestBudget.SMALL_BYTES) {
            hold(budget.whole(), message.length); // for the objects that are created from the message while it is read
        }
        return message;
    }

    /**
     * Decompresses the message twice: the first pass only measures it, so that room can be acquired before the second.
     */
    private byte[] decompressed() throws StatusException {
        if (decompressor.getMessageEncoding().equals("identity")) {
            throw Status.INTERNAL
                    .withDescription("the request is compressed, and grpc-encoding does not say how")
                    .asException();
        }
        try (InputStream counted = decompressor.decompress(new ByteArrayInputStream(bytes));
                InputStream read = decompressor.decompress(new ByteArrayInputStream(bytes))) {
            int length = length(counted);
            holdBody(length);
            byte[] message = new byte[length];
            if (read.readNBytes(message, 0, length) < length) {
                throw new IOException("it differs the second time");
            }
            return message;
        } catch (IOException e) {
            throw invalid("the request cannot be decompressed: "
                    + Objects.requireNonNullElse(e.getMessage(), "it does not come to its end"));
        }
    }

    private static int length(InputStream plain) throws IOException, StatusException {
        byte[] piece = new byte[8192];
        int length = 0;
        for (int read = plain.read(piece); read >= 0; read = plain.read(piece)) {
            length += read;
            if (length > MAX_BYTES) {
                throw tooLarge();
            }
        }
        return length;
    }

    /** Returns the acquired room to the budget. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        bytes = NONE;
        size = 0;
        leases.forEach(Lease::close);
        leases.clear();
    }

    /** The error for a request that the budget has no room for. */
    static StatusException noRoom() {
        return Status.RESOURCE_EXHAUSTED
                .withDescription("the hub has no room for the request now; requests.max-bytes says how much there is")
                .asException();
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
