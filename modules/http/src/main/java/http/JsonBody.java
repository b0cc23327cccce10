package http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The JSON object in a request. */
public final class JsonBody extends JsonFields {

    /** The largest body, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    private final byte[] bytes;

    private JsonBody(byte[] bytes, JsonNode object) {
        super(object);
        this.bytes = bytes;
    }

    /**
     * Reads a request's body.
     *
     * @param allowed the fields that it may have
     * @throws Problem 413, 415, or 400 when it is no JSON object or has another field
     */
    public static JsonBody of(ServerRequest request, Set<String> allowed) {
        requireJson(request);
        byte[] bytes = read(request);
        JsonNode object = parse(bytes);
        requireKnown(object, allowed);
        return new JsonBody(bytes, object);
    }

    private static void requireJson(ServerRequest request) {
        String type = request.headers()
                .first(HeaderNames.CONTENT_TYPE)
                .orElse("application/json")
                .split(";", 2)[0]
                .strip();
        if (!type.equalsIgnoreCase("application/json")) {
            throw new Problem(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type must be application/json, and was " + Quoted.of(type));
        }
    }

    private static byte[] read(ServerRequest request) {
        if (request.headers().contentLength().orElse(0) > MAX_BYTES) {
            throw tooLarge();
        }
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try {
            InputStream in =
                    request.content().inputStream(); // not closed: after a bad chunk it would wait for the next
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw tooLarge();
            }
            return bytes;
        } catch (Problem e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // A bad chunk, or the caller has gone: the server has an exception of its own for each way to go wrong.
            ConnectionEnds.brokenBody(request);
            throw Problem.badRequest("the body could not be read to its end");
        }
    }

    private static Problem tooLarge() {
        return new Problem(ProblemType.BODY_TOO_LARGE, "a body may have at most " + MAX_BYTES + " bytes");
    }

    private static JsonNode parse(byte[] bytes) {
        JsonNode node;
        try {
            node = Json.read(bytes);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("the body is " + e.getMessage());
        }
        if (!node.isObject()) {
            throw Problem.badRequest("the body must be a JSON object");
        }
        return node;
    }

    /** The bytes as they came. */
    public byte[] bytes() {
        return bytes.clone();
    }
}
