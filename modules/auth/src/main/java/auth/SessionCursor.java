package auth;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A position in the list of a user's sessions, newest first, just after one of them.
 *
 * @param createdAt when that session was opened
 * @param id the id of that session
 */
record SessionCursor(Instant createdAt, UUID id) {

    /** Before all sessions: later than any time that a clock can have. */
    static final SessionCursor START = new SessionCursor(Instant.parse("9999-01-01T00:00:00Z"), new UUID(-1, -1));

    private static final int BYTES = 3 * Long.BYTES;

    static SessionCursor after(Session session) {
        return new SessionCursor(session.createdAt(), session.id());
    }

    /** The cursor's text for callers, who must treat it as opaque. */
    String text() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, createdAt))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Parses a text. Returns empty when it is not a valid cursor. */
    static Optional<SessionCursor> parse(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() != BYTES) {
                return Optional.empty();
            }
            Instant createdAt = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
            SessionCursor cursor = new SessionCursor(createdAt, new UUID(bytes.getLong(), bytes.getLong()));
            // No valid cursor has a time that databases do not accept.
            return createdAt.isBefore(Instant.EPOCH) || !createdAt.isBefore(START.createdAt)
                    ? Optional.empty()
                    : Optional.of(cursor);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
