package http;

import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.OptionalLong;
import limits.RequestBudget;

/**
 * The bytes of a request body. Room for them is acquired before they are read: for the whole body when the request
 * declares its length, otherwise in the steps of {@link #SIZES}.
 */
final class BodyBytes {

    /**
     * The buffer sizes for a body of unknown length, one after the other. The last one is one byte more than is
     * allowed.
     */
    private static final int[] SIZES = {RequestBudget.SMALL_BYTES, 64 << 10, JsonBody.MAX_BYTES + 1};

    private static final BodyBytes NONE = new BodyBytes(new byte[0], 0);

    private final byte[] array;
    private final int length;

    private BodyBytes(byte[] array, int length) {
        this.array = array;
        this.length = length;
    }

    /** An array that starts with the bytes. */
    byte[] array() {
        return array;
    }

    /** The number of bytes. */
    int length() {
        return length;
    }

    /** Marks a request whose body has turned out to be empty. */
    private static final class Empty {}

    private static boolean isKnownEmpty(ServerRequest request) {
        return request.context().get(Empty.class).isPresent();
    }

    /**
     * Whether a request has a body. If the request does not declare a length, this method waits for the first byte or
     * the end: over HTTP/2, Node.js sends an empty body for a request without one. The first byte is lost.
     *
     * @throws Problem 400 when the body cannot be read to its end
     */
    static boolean isThere(ServerRequest request) {
        if (!request.content().hasEntity() || isKnownEmpty(request)) {
            return false;
        }
        if (request.headers().contentLength().isPresent()) {
            return true;
        }
        try {
            if (request.content().inputStream().read() >= 0) {
                return true;
            }
        } catch (IOException | RuntimeException e) {
            throw broken(request);
        }
        request.context().register(new Empty());
        return false;
    }

    private static Problem broken(ServerRequest request) {
        ConnectionCloseFilter.markBodyBroken(request);
        return Problem.badRequest("the body is malformed or incomplete");
    }

    /**
     * Reads the whole body.
     *
     * @throws Problem 400 when the body cannot be read to its end, 413 when it has more than
     *     {@link JsonBody#MAX_BYTES}, 503 when there is no room
     */
    static BodyBytes read(ServerRequest request, RequestMemory memory) {
        OptionalLong declared = request.headers().contentLength();
        if (declared.orElse(0) > JsonBody.MAX_BYTES) {
            throw tooLarge();
        }
        if (!request.content().hasEntity() || isKnownEmpty(request)) {
            return NONE;
        }
        if (declared.isPresent()) {
            memory.addBody(declared.getAsLong()); // before the caller gets its 100 Continue
        }
        try {
            InputStream in =
                    request.content().inputStream(); // not closed: after a bad chunk, close() would wait for the next
            return declared.isPresent() ? known(in, (int) declared.getAsLong()) : unknown(in, memory);
        } catch (Problem e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // A malformed chunk, or the caller has disconnected. The server has a separate exception for each case.
            throw broken(request);
        }
    }

    private static BodyBytes known(InputStream in, int length) throws IOException {
        byte[] bytes = new byte[length]; // without an array, readNBytes collects pieces first
        if (in.readNBytes(bytes, 0, length) < length) {
            throw new IOException("the body is shorter than its Content-Length");
        }
        return new BodyBytes(bytes, length);
    }

    private static BodyBytes unknown(InputStream in, RequestMemory memory) throws IOException {
        byte[] bytes = {};
        int read = 0;
        for (int size : SIZES) {
            memory.addBody(size - bytes.length);
            bytes = Arrays.copyOf(bytes, size);
            read += in.readNBytes(bytes, read, size - read);
            if (read < size) {
                return new BodyBytes(bytes, read);
            }
        }
        throw tooLarge();
    }

    private static Problem tooLarge() {
        return new Problem(ProblemType.BODY_TOO_LARGE, "the body must have at most " + JsonBody.MAX_BYTES + " bytes");
    }
}
