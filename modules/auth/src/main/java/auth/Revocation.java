package auth;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session was revoked, or all sessions of a user.
 *
 * @param id its place: those of one user are in the order in which they were committed
 * @param eventId names its invalidation, however often that is published
 * @param userId whose sessions
 * @param sessionId which one; null for all that the user had at {@code revokedAt}
 * @param reason why; may be empty
 * @param traceparent the W3C trace context of whoever revoked, in the form of the header of that name; may be empty
 * @param revokedAt when
 * @param expiresAt when there is nothing to cut off any more: when the last of the sessions meant would have ended by
 *     itself, and not before a day after the revocation
 * @param publishedAt when the log had taken it; null until that is known
 */
public record Revocation(
        long id,
        UUID eventId,
        UUID userId,
        @Nullable UUID sessionId,
        String reason,
        String traceparent,
        Instant revokedAt,
        Instant expiresAt,
        @Nullable Instant publishedAt) {}
