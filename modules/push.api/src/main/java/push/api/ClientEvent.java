package push.api;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something to show on a user's devices.
 *
 * @param userId whose devices; not the nil UUID
 * @param deviceSessionId the one session to show it in; null or the nil UUID for all of the user's
 * @param kind what it is, for the device to choose how to show it; not blank
 * @param payload what to show
 * @param eventId the publisher's name for the event, forwarded verbatim; may be empty
 * @param requestId the request that caused it, forwarded verbatim; may be empty
 * @param traceId the W3C trace that it belongs to, forwarded verbatim; may be empty
 * @param traceparent the W3C trace context in which gateways go on, in the form of the header of that name; may be
 *     empty
 */
public record ClientEvent(
        UUID userId,
        @Nullable UUID deviceSessionId,
        String kind,
        Payload payload,
        String eventId,
        String requestId,
        String traceId,
        String traceparent)
        implements Event {

    /** @throws IllegalArgumentException naming the component that is missing, nil or blank */
    public ClientEvent {
        userId = Ids.required("userId", userId);
        deviceSessionId = Ids.orNull(deviceSessionId);
        if (kind == null || kind.isBlank()) {
            throw new IllegalArgumentException("kind is required, and was " + (kind == null ? "null" : "blank"));
        }
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(traceId, "traceId");
        Objects.requireNonNull(traceparent, "traceparent");
    }

    /** As the other, in no trace context. */
    public ClientEvent(
            UUID userId,
            @Nullable UUID deviceSessionId,
            String kind,
            Payload payload,
            String eventId,
            String requestId,
            String traceId) {
        this(userId, deviceSessionId, kind, payload, eventId, requestId, traceId, "");
    }

    @Override
    public ClientEvent withTraceparent(String other) {
        return new ClientEvent(userId, deviceSessionId, kind, payload, eventId, requestId, traceId, other);
    }

    @Override
    public Optional<UUID> session() {
        return Optional.ofNullable(deviceSessionId);
    }
}
