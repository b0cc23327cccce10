package auth;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A place among the sessions of a user, which are listed from the latest on: just after this one.
 *
 * @param createdAt of the session
 * @param id of the session
 */
record SessionCursor(Instant createdAt, UUID id) {

    /** Before all sessions: later than any that a clock can say. */
    static final SessionCursor START = new SessionCursor(Instant.parse("9999-01-01T00:00:00Z"), new UUID(-1, -1));

    private static final int BYTES = 3 * Long.BYTES;

    static SessionCursor after(Session session) {
        return new SessionCursor(session.createdAt(), session.id());
    }

    /** As it is given to callers, who are not to read anything into it. */
    String text() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, createdAt))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Empty when it is not one that was given. */
    static Optional<SessionCursor> parse(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() != BYTES) {
                return Optional.empty();
            }
            Instant createdAt = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
            SessionCursor cursor = new SessionCursor(createdAt, new UUID(bytes.getLong(), bytes.getLong()));
            // What no database takes for a time was not given either.
            return createdAt.isBefore(Instant.EPOCH) || !createdAt.isBefore(START.createdAt)
                    ? Optional.empty()
                    : Optional.of(cursor);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
