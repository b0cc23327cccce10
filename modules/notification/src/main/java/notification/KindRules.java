package notification;

import http.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * The rules for notifications of a kind.
 *
 * @param name the kind; 1 to 256 characters, not blank
 * @param schema the schema of the payload; null for any object
 * @param sessionRequired whether the notification must be for one session, not for all sessions of a user
 * @param maxPayloadBytes the largest payload, in bytes as received; at least 2
 */
public record KindRules(String name, @Nullable PayloadSchema schema, boolean sessionRequired, long maxPayloadBytes) {

    /** The longest name of a kind, in characters. */
    public static final int MAX_NAME_LENGTH = 256;

    /** The size of an empty object. */
    public static final int MIN_PAYLOAD_BYTES = 2;

    /** No limit besides that of the body. */
    public static final long ANY_SIZE = JsonBody.MAX_BYTES;

    /** @throws IllegalArgumentException when a value is invalid; the message names its component */
    public KindRules {
        if (name.isBlank() || name.codePointCount(0, name.length()) > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "name must be 1 to " + MAX_NAME_LENGTH + " characters, not blank, but was \"" + name + "\"");
        }
        if (maxPayloadBytes < MIN_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "maxPayloadBytes must be at least " + MIN_PAYLOAD_BYTES + ", but was " + maxPayloadBytes);
        }
    }
}
