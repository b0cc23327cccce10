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

/** A JSON object as UTF-8 text: known to be well-formed, and ready to be sent as it stands. */
public final class Payload {

    /** Names are not kept beyond their object: a table of many long ones would cost more than all the rest. */
    private static final JsonFactory PARSING = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder()
            // A NaN then comes out bare, and is refused below; quoted, it would pass for a string.
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .build();

    private final byte[] utf8;

    private Payload(byte[] utf8) {
        this.utf8 = utf8;
    }

    /**
     * Serialises a JSON object.
     *
     * @throws IllegalArgumentException when a value in it has no JSON form
     */
    public static Payload of(Map<String, ?> object) {
        Objects.requireNonNull(object, "payload");
        try {
            return checked(MAPPER.writeValueAsBytes(object));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("payload does not serialise to JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Takes JSON text as it stands.
     *
     * @throws IllegalArgumentException when it is not exactly one JSON object
     */
    public static Payload ofJson(String json) {
        Objects.requireNonNull(json, "payload");
        return checked(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Takes JSON text as it stands.
     *
     * @param utf8 its bytes, which the caller does not change afterwards
     * @throws IllegalArgumentException when it is not exactly one JSON object
     */
    public static Payload ofUtf8(byte[] utf8) {
        return checked(Objects.requireNonNull(utf8, "payload"));
    }

    private static Payload checked(byte[] utf8) {
        // Of the factory and not of the mapper, which makes a context for binding that nobody needs here.
        try (JsonParser parser = PARSING.createParser(ObjectReadContext.empty(), utf8)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("payload must be a JSON object");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("payload must be one JSON object, with nothing behind it");
            }
            return new Payload(utf8);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("payload is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The text, as a read-only view of the bytes themselves: nothing is copied. */
    public ByteBuffer utf8() {
        return ByteBuffer.wrap(utf8).asReadOnlyBuffer();
    }

    /** The length of the text in bytes. */
    public int size() {
        return utf8.length;
    }

    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
