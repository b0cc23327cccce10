package http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The fields of a JSON object. Every reading method throws a {@link Problem} that names its field. */
public sealed class JsonFields permits JsonBody {

    private final JsonReader reader;
    private final JsonNode object;

    JsonFields(JsonReader reader, JsonNode object) {
        this.reader = reader;
        this.object = object;
    }

    /**
     * Reads a nested object.
     *
     * @param value an element that {@link #elements} returned
     * @param allowed the fields that the object may have
     * @throws Problem 400 when the value is not an object or has another field
     */
    public JsonFields nested(JsonNode value, Set<String> allowed) {
        if (!value.isObject()) {
            throw Problem.badRequest("each element must be a JSON object, but was " + Quoted.cut(value.toString()));
        }
        requireKnown(value, allowed);
        return new JsonFields(reader, value);
    }

    static void requireKnown(JsonNode object, Set<String> allowed) {
        for (String name : object.propertyNames()) {
            if (!allowed.contains(name)) {
                String shown = Quoted.cut(name);
                throw Problem.invalidField(
                        FieldError.pointer(shown),
                        "unknown field \"" + shown + "\"; allowed are " + String.join(", ", new TreeSet<>(allowed)));
            }
        }
    }

    /** A required UUID, such as a user's id. */
    public UUID uuid(String field) {
        return optionalUuid(field)
                .orElseThrow(() -> invalid(field, field + " is required, and must be a UUID other than nil"));
    }

    /** A UUID that may be absent, null or empty, such as a session's id. */
    public Optional<UUID> optionalUuid(String field) {
        return optionalText(field, Uuids.TEXT_LENGTH)
                .filter(text -> !text.isEmpty())
                .map(text -> Uuids.parse(FieldError.pointer(field), field, text));
    }

    /** A required array of UUIDs without duplicates. */
    public List<UUID> uniqueUuids(String field, int min, int max) {
        Set<UUID> ids = new LinkedHashSet<>();
        for (JsonNode element : elements(field, min, max)) {
            String place = FieldError.pointer(field) + "/" + ids.size();
            UUID id = Uuids.parse(place, "each of " + field, textOrJson(element));
            if (!ids.add(id)) {
                throw Problem.invalidField(place, field + " must not contain duplicates, but has " + id + " twice");
            }
        }
        return List.copyOf(ids);
    }

    private static String textOrJson(JsonNode element) {
        return element.isString() ? element.stringValue() : element.toString();
    }

    /** A required text that is not blank. */
    public String text(String field, int maxLength) {
        return optionalText(field, maxLength)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> invalid(field, field + " is required, and must not be blank"));
    }

    /**
     * A text that may be absent or null.
     *
     * @param maxLength the maximum length, in code points: a character outside the first 65,536 counts as one
     */
    public Optional<String> optionalText(String field, int maxLength) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw invalid(field, field + " must be a string, but was " + Quoted.cut(value.toString()));
        }
        String text = value.stringValue();
        int length = text.codePointCount(0, text.length());
        if (length > maxLength) {
            throw invalid(field, field + " must have at most " + maxLength + " characters, and had " + length);
        }
        return Optional.of(sound(field, text));
    }

    /**
     * Refuses an unpaired surrogate. It has no UTF-8 form, so the forwarded text would differ from the accepted one.
     */
    private static String sound(String field, String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw unpairedSurrogate(field);
        }
        return text;
    }

    /**
     * A required object, verbatim.
     *
     * @param field one of the body's raw names
     * @throws Problem 422 when the object has a number that is not accepted
     */
    public RawJson rawObject(String field) {
        JsonNode value = object.path(field);
        @Nullable RawJson raw = reader.raw(value);
        if (raw == null || !raw.isObject()) {
            String shown = raw == null ? Quoted.cut(value.toString()) : raw.shown();
            throw invalid(
                    field,
                    field + " is required, and must be a JSON object"
                            + (value.isMissingNode() ? "" : "; it was " + shown));
        }
        return switch (reader.flaw(value)) {
            case NONE -> raw;
            case NUMBER -> throw badNumber(field);
            case UNPAIRED_SURROGATE -> throw unpairedSurrogate(field);
        };
    }

    private static Problem badNumber(String field) {
        String detail = field + " has a number that is not accepted: " + JsonNumber.ALLOWED;
        return new Problem(ProblemType.PAYLOAD_DOES_NOT_FIT, detail, new FieldError(FieldError.pointer(field), detail));
    }

    private static Problem unpairedSurrogate(String field) {
        return invalid(field, field + " must be valid Unicode, but has an unpaired surrogate");
    }

    /** A required array of {@code min} to {@code max} elements. */
    public List<JsonNode> elements(String field, int min, int max) {
        JsonNode value = object.path(field);
        if (!value.isArray()) {
            throw invalid(
                    field,
                    field + " is required, and must be a JSON array"
                            + (value.isMissingNode() ? "" : "; it was " + Quoted.cut(value.toString())));
        }
        if (value.size() < min || value.size() > max) {
            throw invalid(field, field + " must have " + min + " to " + max + " elements, and had " + value.size());
        }
        return List.copyOf(value.asArray().elements());
    }

    private static Problem invalid(String field, String detail) {
        return Problem.invalidField(FieldError.pointer(field), detail);
    }
}
