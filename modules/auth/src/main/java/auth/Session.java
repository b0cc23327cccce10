package auth;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A device's session. Times are those of the database, in microseconds.
 *
 * @param id names it
 * @param userId whose it is
 * @param device what the device calls itself; null when it did not say
 * @param createdAt when it was opened
 * @param lastSeenAt when its device was last heard of
 * @param expiresAt when it ends by itself
 * @param revokedAt when it was revoked; null unless it was
 * @param reason why it was revoked, may be empty; null unless it was
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

    /** What can be said of a session at a moment. */
    public enum State {
        /** It can be used. */
        OPEN,
        /** It has ended by itself. */
        EXPIRED,
        /** It was revoked, before or after it had expired. */
        REVOKED
    }

    /** How many characters its texts have. */
    int textLength() {
        return (device == null ? 0 : device.length()) + (reason == null ? 0 : reason.length());
    }

    /** Its state at that moment. */
    public State state(Instant now) {
        if (revokedAt != null) {
            return State.REVOKED;
        }
        return now.isBefore(expiresAt) ? State.OPEN : State.EXPIRED;
    }
}
