package notification;

import http.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * What notifications of a kind must be like.
 *
 * @param name the kind; 1 to 256 characters, not blank
 * @param schema what its payload must be like; null for any object
 * @param sessionRequired whether it is for one session, never for all of a user's
 * @param maxPayloadBytes the largest payload, in bytes as received; at least 2
 */
public record KindRules(String name, @Nullable PayloadSchema schema, boolean sessionRequired, long maxPayloadBytes) {

    /** The longest name of a kind, in characters. */
    public static final int MAX_NAME_LENGTH = 256;

    /** An empty object has so many bytes. */
    public static final int MIN_PAYLOAD_BYTES = 2;

    /** As large as the body around it may be. */
    public static final long ANY_SIZE = JsonBody.MAX_BYTES;

    /** @throws IllegalArgumentException naming the component that can't be */
    public KindRules {
        if (name.isBlank() || name.codePointCount(0, name.length()) > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "name must be 1 to " + MAX_NAME_LENGTH + " characters, not blank, and was \"" + name + "\"");
        }
        if (maxPayloadBytes < MIN_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "maxPayloadBytes must be at least " + MIN_PAYLOAD_BYTES + ", and was " + maxPayloadBytes);
        }
    }
}
