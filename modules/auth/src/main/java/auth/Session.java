package auth;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A device's session.
 *
 * @param id names it
 * @param userId whose it is
 * @param device what the device calls itself; null when it did not say
 * @param createdAt when it was opened
 * @param revokedAt when it was revoked; null while it is open
 * @param reason why it was revoked, may be empty; null while it is open
 */
public record Session(
        UUID id,
        UUID userId,
        @Nullable String device,
        Instant createdAt,
        @Nullable Instant revokedAt,
        @Nullable String reason) {

    /** Whether it is not revoked. */
    public boolean open() {
        return revokedAt == null;
    }

    Session revoked(Instant at, String why) {
        return new Session(id, userId, device, createdAt, at, why);
    }
}
