package push.api;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session is dead: gateways must cut it off.
 *
 * @param userId whose session; not the nil UUID
 * @param deviceSessionId which session; null or the nil UUID for every session of the user
 * @param reason why, for people; may be empty
 * @param revokedAt when that was decided; null for the moment of publication
 * @param eventId the publisher's name for the event, forwarded verbatim; may be empty
 * @param traceparent the W3C trace context in which gateways go on, in the form of the header of that name; may be
 *     empty
 */
public record SessionInvalidation(
        UUID userId,
        @Nullable UUID deviceSessionId,
        String reason,
        @Nullable Instant revokedAt,
        String eventId,
        String traceparent)
        implements Event {

    /** @throws IllegalArgumentException when {@code userId} is missing or nil */
    public SessionInvalidation {
        userId = Ids.required("userId", userId);
        deviceSessionId = Ids.orNull(deviceSessionId);
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(traceparent, "traceparent");
    }

    /** As the other, decided at the moment of publication, and in no trace context. */
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
