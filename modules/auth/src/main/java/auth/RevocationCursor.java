package auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A position in a snapshot of the revocations, just after one of them.
 *
 * @param id the id of that revocation
 * @param pushCursor the push cursor that the snapshot's first page contains
 */
record RevocationCursor(long id, String pushCursor) {

    private static final int MAX_PUSH_CURSOR_BYTES = 256;

    /** The cursor's text for callers, who must treat it as opaque. */
    String text() {
        byte[] push = pushCursor.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = ByteBuffer.allocate(Long.BYTES + push.length)
                .putLong(id)
                .put(push)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Parses a text. Returns empty when it is not a valid cursor. */
    static Optional<RevocationCursor> parse(String text) {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.remaining() <= Long.BYTES || bytes.remaining() > Long.BYTES + MAX_PUSH_CURSOR_BYTES) {
            return Optional.empty();
        }
        RevocationCursor cursor = new RevocationCursor(
                bytes.getLong(), StandardCharsets.UTF_8.decode(bytes).toString());
        boolean plausible = cursor.id > 0 && cursor.pushCursor.matches("[!-~]+");
        return plausible ? Optional.of(cursor) : Optional.empty();
    }
}
