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

/** Reads and writes JSON, in the same way for all calls. */
public final class Json {

    /** The maximum nesting depth. Deeper text could overflow the stack of a program that walks through it. */
    static final int MAX_DEPTH = 500;

    /** The longest number that the parser accepts, in characters. {@link JsonNumber} accepts far shorter ones only. */
    private static final int MAX_NUMBER_LENGTH = 1 << 20;

    static final int MAX_NAME_LENGTH = 50_000;

    /** Strict: a duplicate key and anything after the value are errors. Numbers keep their digits. */
    public static final JsonMapper MAPPER = JsonMapper.builder(factory())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** For text that {@link JsonScan} has already checked. */
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
     * Parses JSON text that an operator wrote.
     *
     * @throws IllegalArgumentException when the text is not JSON; the message gives the reason, in words for the caller
     */
    public static JsonNode read(byte[] utf8) {
        return strictly(() -> MAPPER.readTree(utf8));
    }

    /** Runs a parser. When it fails, the exception gives the reason in words for the caller. */
    static JsonNode strictly(Supplier<JsonNode> parser) {
        try {
            return parser.get();
        } catch (StreamConstraintsException e) { // its message names classes
            throw tooDeepOrLong();
        } catch (JacksonException e) {
            // The rest of the message is about the parser, not about the text.
            String why = e.getOriginalMessage().split(" \\(start marker", 2)[0];
            throw new IllegalArgumentException("not valid JSON: " + why, e);
        } catch (ArithmeticException | NumberFormatException e) { // the exponent is out of range
            throw new IllegalArgumentException("not acceptable JSON: a number is out of range", e);
        }
    }

    static IllegalArgumentException tooDeepOrLong() {
        return new IllegalArgumentException("not acceptable JSON: it is nested deeper than " + MAX_DEPTH
                + " levels, or has a name of more than " + MAX_NAME_LENGTH + " characters");
    }

    /** Sends a value as the response, in the form that Jackson writes. */
    public static void send(ServerRequest request, ServerResponse response, Status status, Object value) {
        sendText(request, response, status, MAPPER.writeValueAsString(value));
    }

    /** Sends a text that is already JSON as the response. */
    public static void sendText(ServerRequest request, ServerResponse response, Status status, String json) {
        response.status(status).header(HeaderNames.CONTENT_TYPE, "application/json");
        Bodies.send(request, response, json.getBytes(StandardCharsets.UTF_8));
    }
}
