package push.api;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Publishes session invalidations. Safe for any number of threads; never waits for a subscriber. */
@FunctionalInterface
public interface SessionInvalidator {

    /**
     * Tells every gateway to cut off a session, or all sessions that a user had at a time.
     *
     * <p>Without a user (null or the nil UUID) a warning is logged and nothing is published: a
     * revocation that has gone this far must not fail because of its announcement.
     *
     * @param deviceSessionId the session; null or the nil UUID for every session of the user that was opened before
     *     {@code revokedAt}
     * @param reason why, for people; may be empty
     * @param revokedAt when that was decided; null for now
     * @param eventId the publisher's name for the event, forwarded verbatim; may be empty
     * @param traceparent the W3C trace context of whatever it was that killed the session, in the form of the header of
     *     that name; may be empty
     * @return the event's cursor, once the log has taken it; empty when nothing was published,
     *     because the user is missing or the hub is closed
     */
    Optional<String> invalidate(
            @Nullable UUID userId,
            @Nullable UUID deviceSessionId,
            String reason,
            @Nullable Instant revokedAt,
            String eventId,
            String traceparent);

    /** As the other, of what is decided now, and in no trace context. */
    default Optional<String> invalidate(
            @Nullable UUID userId, @Nullable UUID deviceSessionId, String reason, String eventId) {
        return invalidate(userId, deviceSessionId, reason, null, eventId, "");
    }
}
