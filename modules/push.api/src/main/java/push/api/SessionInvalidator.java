package push.api;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Publishes session invalidations. Safe for any number of threads; never waits for a subscriber. */
@FunctionalInterface
public interface SessionInvalidator {

    /**
     * Tells every gateway to end one session of a user, or all sessions that the user had at a given time.
     *
     * <p>If the user is missing (null or the nil UUID), this method logs a warning and publishes nothing: a revocation
     * that is already in force must not fail because of its announcement.
     *
     * @param deviceSessionId the session; null or the nil UUID for every session of the user that was opened before
     *     {@code revokedAt}
     * @param reason the reason, for people to read; may be empty
     * @param revokedAt when the revocation was decided; null for now
     * @param eventId the publisher's id for the event, forwarded verbatim; may be empty
     * @param traceparent the W3C trace context of the request that revoked the session, in the form of the
     *     {@code traceparent} header; may be empty
     * @param onceId an id that the publisher has generated for this revocation, to publish it again if the outcome is
     *     unknown: the log stores at most one event for it. Null for an invalidation that is never published again
     * @return a stage that ends with the outcome, within seconds, and never with an exception
     */
    CompletionStage<Outcome> invalidate(
            @Nullable UUID userId,
            @Nullable UUID deviceSessionId,
            String reason,
            @Nullable Instant revokedAt,
            String eventId,
            String traceparent,
            @Nullable UUID onceId);

    /**
     * Publishes an invalidation that is decided now and never published again, without a trace context, and waits for
     * the outcome.
     */
    default Outcome invalidate(@Nullable UUID userId, @Nullable UUID deviceSessionId, String reason, String eventId) {
        return invalidate(userId, deviceSessionId, reason, null, eventId, "", null)
                .toCompletableFuture()
                .join();
    }
}
