package auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A place among the revocations of a snapshot: just after this one.
 *
 * @param id of the revocation
 * @param pushCursor the one that the snapshot's first page told
 */
record RevocationCursor(long id, String pushCursor) {

    private static final int MAX_PUSH_CURSOR_BYTES = 256;

    /** As it is given to callers, who are not to read anything into it. */
    String text() {
        byte[] push = pushCursor.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = ByteBuffer.allocate(Long.BYTES + push.length)
                .putLong(id)
                .put(push)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Empty when it is not one that was given. */
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
