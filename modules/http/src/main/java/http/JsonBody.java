package http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The JSON object in a request, field by field. Every reader throws a {@link Problem} that names its field. */
public final class JsonBody {

    /** The largest body, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    private final byte[] bytes;
    private final JsonNode object;

    private JsonBody(byte[] bytes, JsonNode object) {
        this.bytes = bytes;
        this.object = object;
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
        object.propertyNames().stream()
                .filter(name -> !allowed.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Problem.badRequest("unknown field \"" + Quoted.cut(name) + "\"; allowed are "
                            + String.join(", ", new TreeSet<>(allowed)));
                });
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
                    Status.UNSUPPORTED_MEDIA_TYPE_415,
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
        try (InputStream in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw tooLarge();
            }
            return bytes;
        } catch (IOException | UncheckedIOException e) { // a bad chunk, or the caller has gone
            throw Problem.badRequest("the body could not be read to its end");
        }
    }

    private static Problem tooLarge() {
        return new Problem(Status.REQUEST_ENTITY_TOO_LARGE_413, "a body may have at most " + MAX_BYTES + " bytes");
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

    /** A user's id, or another that must be there. */
    public UUID uuid(String field) {
        return optionalUuid(field)
                .orElseThrow(() -> Problem.badRequest(field + " is required, and must be a UUID other than nil"));
    }

    /** A session's id, or another that may be absent, null or empty. */
    public Optional<UUID> optionalUuid(String field) {
        return optionalText(field, Uuids.TEXT_LENGTH)
                .filter(text -> !text.isEmpty())
                .map(text -> Uuids.parse(field, text));
    }

    /** A text that must be there, and not blank. */
    public String text(String field, int maxLength) {
        return optionalText(field, maxLength)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> Problem.badRequest(field + " is required, and must not be blank"));
    }

    /** A text that may be absent or null. */
    public Optional<String> optionalText(String field, int maxLength) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw Problem.badRequest(field + " must be a string, and was " + Quoted.cut(value.toString()));
        }
        String text = value.stringValue();
        if (text.length() > maxLength) {
            throw Problem.badRequest(
                    field + " must have at most " + maxLength + " characters, and had " + text.length());
        }
        return Optional.of(sound(field, text));
    }

    /** Half a surrogate pair has no UTF-8: what is sent on would not be what was accepted. */
    private static String sound(String field, String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw Problem.badRequest(field + " must be valid Unicode, and has half a surrogate pair");
        }
        return text;
    }

    /** An object that must be there, as JSON text. */
    public String objectText(String field) {
        JsonNode value = object.path(field);
        if (!value.isObject()) {
            throw Problem.badRequest(field + " is required, and must be a JSON object"
                    + (value.isMissingNode() ? "" : "; it was " + Quoted.cut(value.toString())));
        }
        return sound(field, value.toString());
    }
}
