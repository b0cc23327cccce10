package http;

import io.helidon.webserver.http.ServerRequest;
import java.security.MessageDigest;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The JSON object in a request body. For the request's own thread, while the request is being handled. */
public final class JsonBody extends JsonFields {

    /** The largest body, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    private final BodyBytes bytes;
    private final RequestMemory memory;

    private JsonBody(BodyBytes bytes, RequestMemory memory, JsonReader reader, JsonNode object) {
        super(reader, object);
        this.bytes = bytes;
        this.memory = memory;
    }

    /**
     * Reads the body of a request.
     *
     * @param allowed the fields that the body may have
     * @throws Problem 413, 415, 503, or 400 when the body is not a JSON object or has another field
     */
    public static JsonBody of(ServerRequest request, Set<String> allowed) {
        return of(request, allowed, Set.of());
    }

    /**
     * Reads the body of a request, except for the objects under some names, which are forwarded verbatim.
     *
     * @param allowed the fields that the body may have
     * @param rawNames the names of the fields that are forwarded; read them only with {@link #rawObject}
     * @throws Problem 413, 415, 503, or 400 when the body is not a JSON object or has another field
     */
    public static JsonBody of(ServerRequest request, Set<String> allowed, Set<String> rawNames) {
        JsonMediaType.problem(request).ifPresent(problem -> {
            throw problem;
        });
        RequestMemory memory = RequestMemory.of(request);
        BodyBytes bytes = BodyBytes.read(request, memory);
        JsonReader reader = new JsonReader(bytes.array(), bytes.length(), rawNames, memory);
        JsonNode object = parse(reader);
        requireKnown(object, allowed);
        return new JsonBody(bytes, memory, reader, object);
    }

    private static JsonNode parse(JsonReader reader) {
        JsonNode node;
        try {
            node = reader.read();
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("the body is " + e.getMessage());
        }
        if (!node.isObject()) {
            throw Problem.badRequest("the body must be a JSON object");
        }
        return node;
    }

    /** Adds the bytes of the body, as received, to a digest. */
    public void digest(MessageDigest to) {
        to.update(bytes.array(), 0, bytes.length());
    }

    /**
     * The memory that the request holds. Use it for data that is made from the body and takes more room than the body.
     */
    public RequestMemory memory() {
        return memory;
    }
}
