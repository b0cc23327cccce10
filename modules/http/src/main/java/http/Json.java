package http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The one way in which JSON is read and written here. */
public final class Json {

    /** What is nested deeper would wear out the stack of a program that walks through it. */
    static final int MAX_DEPTH = 500;

    /** The longest number that reaches {@link JsonNumber}, which takes far shorter ones. */
    private static final int MAX_NUMBER_LENGTH = 1 << 20;

    static final int MAX_NAME_LENGTH = 50_000;

    /** Strict: a duplicate key or anything behind the value is an error, and numbers keep their digits. */
    public static final JsonMapper MAPPER = JsonMapper.builder(factory())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** For text that {@link JsonScan} has gone through. */
    static final JsonMapper TREES = JsonMapper.builder(factory())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    private static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .maxNameLength(MAX_NAME_LENGTH)
                        .build())
                .build();
    }

    /**
     * Reads JSON text that an operator wrote.
     *
     * @throws IllegalArgumentException when it is none; the message says why, in words for the caller
     */
    public static JsonNode read(byte[] utf8) {
        return strictly(() -> MAPPER.readTree(utf8));
    }

    /** Runs a parser, and says in words for the caller why it failed. */
    static JsonNode strictly(Supplier<JsonNode> parser) {
        try {
            return parser.get();
        } catch (StreamConstraintsException e) { // its message speaks of classes
            throw tooDeepOrLong();
        } catch (JacksonException e) {
            // What follows speaks of the parser rather than of the text.
            String why = e.getOriginalMessage().split(" \\(start marker", 2)[0];
            throw new IllegalArgumentException("no JSON: " + why, e);
        } catch (ArithmeticException | NumberFormatException e) { // an exponent beyond what can be held
            throw new IllegalArgumentException("no JSON that can be held: a number is out of range", e);
        }
    }

    static IllegalArgumentException tooDeepOrLong() {
        return new IllegalArgumentException("no JSON: it is nested deeper than " + MAX_DEPTH
                + " levels, or has a name of more than " + MAX_NAME_LENGTH + " characters");
    }

    /** Answers a request with a value, in the form that Jackson gives it. */
    public static void send(ServerRequest request, ServerResponse response, Status status, Object value) {
        sendText(request, response, status, MAPPER.writeValueAsString(value));
    }

    /** Answers a request with a text that is JSON already. */
    public static void sendText(ServerRequest request, ServerResponse response, Status status, String json) {
        response.status(status).header(HeaderNames.CONTENT_TYPE, "application/json");
        Bodies.send(request, response, json.getBytes(StandardCharsets.UTF_8));
    }
}
