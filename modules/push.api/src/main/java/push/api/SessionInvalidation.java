package push.api;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that tells gateways to end a session, because the session is no longer valid.
 *
 * @param userId the user; not the nil UUID
 * @param deviceSessionId the session; null or the nil UUID for every session of the user
 * @param reason the reason, for people to read; may be empty
 * @param revokedAt when the revocation was decided; null for the time of publication
 * @param eventId the publisher's id for the event, forwarded verbatim; may be empty
 * @param traceparent the W3C trace context for gateways to continue, in the form of the {@code traceparent} header; may
 *     be empty
 */
public record SessionInvalidation(
        UUID userId,
        @Nullable UUID deviceSessionId,
        String reason,
        @Nullable Instant revokedAt,
        String eventId,
        String traceparent)
        implements Event {

    /** @throws IllegalArgumentException if {@code userId} is null or the nil UUID */
    public SessionInvalidation {
        userId = Ids.required("userId", userId);
        deviceSessionId = Ids.orNull(deviceSessionId);
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(traceparent, "traceparent");
    }

    /** Creates an invalidation that is decided at the time of publication, without a trace context. */
    public SessionInvalidation(UUID userId, @Nullable UUID deviceSessionId, String reason, String eventId) {
        this(userId, deviceSessionId, reason, null, eventId, "");
    }

    @Override
    public SessionInvalidation withTraceparent(String other) {
        return new SessionInvalidation(userId, deviceSessionId, reason, revokedAt, eventId, other);
    }

    @Override
    public Optional<UUID> session() {
        return Optional.ofNullable(deviceSessionId);
    }
}
