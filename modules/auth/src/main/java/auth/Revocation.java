package auth;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The revocation of a session, or of all sessions of a user.
 *
 * @param id the position; the ids of one user's revocations are in the order in which they were committed
 * @param eventId the event id of its invalidation, the same however often it is published
 * @param userId the owner of the sessions
 * @param sessionId the session; null for all sessions that the user had at {@code revokedAt}
 * @param reason the reason; may be empty
 * @param traceparent the W3C trace context of the revoking request, in the form of the header {@code traceparent}; may
 *     be empty
 * @param revokedAt the time of the revocation
 * @param expiresAt when the last of the sessions would have ended by itself, so that there is nothing left to cut off;
 *     for a single session, at least a day after the revocation
 * @param publishedAt when the log had accepted the revocation; null until that is known
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
