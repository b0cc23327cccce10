package push.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** A JSON object as UTF-8 text, checked to be well-formed, and sent unchanged. Immutable. */
public final class Payload {

    /** Property names are not cached: a table of many long names would need more memory than everything else. */
    private static final JsonFactory PARSING = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder()
            // Writes NaN without quotes, so that the check below rejects it; with quotes it would pass as a string.
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .build();

    private final byte[] utf8;

    private Payload(byte[] utf8) {
        this.utf8 = utf8;
    }

    /**
     * Serialises a map to a JSON object.
     *
     * @throws IllegalArgumentException if a value in the map has no JSON form
     */
    public static Payload of(Map<String, ?> object) {
        Objects.requireNonNull(object, "payload");
        try {
            return checked(MAPPER.writeValueAsBytes(object));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("payload cannot be serialised to JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Creates a payload from JSON text, which is sent unchanged.
     *
     * @throws IllegalArgumentException if the text is not exactly one JSON object
     */
    public static Payload ofJson(String json) {
        Objects.requireNonNull(json, "payload");
        return checked(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Creates a payload from JSON text, which is sent unchanged.
     *
     * @param utf8 the text in UTF-8; not copied, so the caller must not change it afterwards
     * @throws IllegalArgumentException if the text is not exactly one JSON object
     */
    public static Payload ofUtf8(byte[] utf8) {
        return checked(Objects.requireNonNull(utf8, "payload"));
    }

    private static Payload checked(byte[] utf8) {
        // From the factory, because the mapper would also create a binding context, which is not needed here.
        try (JsonParser parser = PARSING.createParser(ObjectReadContext.empty(), utf8)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("payload must be a JSON object");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("payload must be one JSON object, but more text follows it");
            }
            return new Payload(utf8);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("payload is not valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Returns a read-only view of the text in UTF-8, without a copy. */
    public ByteBuffer utf8() {
        return ByteBuffer.wrap(utf8).asReadOnlyBuffer();
    }

    /** Returns the length of the text in bytes of UTF-8. */
    public int size() {
        return utf8.length;
    }

    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
