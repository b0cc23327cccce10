package auth;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session of a device. Times have the precision of the database, microseconds.
 *
 * @param id the id of the session
 * @param userId the owner of the session
 * @param device the name that the device gave itself; null if it gave none
 * @param createdAt when the session was opened
 * @param lastSeenAt when the device was last seen
 * @param expiresAt when the session ends by itself
 * @param revokedAt when the session was revoked; null if it was not
 * @param reason why the session was revoked, may be empty; null if it was not
 */
public record Session(
        UUID id,
        UUID userId,
        @Nullable String device,
        Instant createdAt,
        Instant lastSeenAt,
        Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable String reason) {

    /** The state of a session at a point in time. */
    public enum State {
        /** The session can be used. */
        OPEN,
        /** The session has ended by itself. */
        EXPIRED,
        /** The session was revoked, before or after it expired. */
        REVOKED
    }

    /** The number of characters in its texts. */
    int textLength() {
        return (device == null ? 0 : device.length()) + (reason == null ? 0 : reason.length());
    }

    /** The state at the given time. */
    public State state(Instant now) {
        if (revokedAt != null) {
            return State.REVOKED;
        }
        return now.isBefore(expiresAt) ? State.OPEN : State.EXPIRED;
    }
}
