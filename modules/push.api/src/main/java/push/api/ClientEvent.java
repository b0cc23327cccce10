package push.api;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event to show on a user's devices.
 *
 * @param userId the user; not the nil UUID
 * @param deviceSessionId the session whose device shows the event; null or the nil UUID for all sessions of the user
 * @param kind the kind of event, by which a device chooses how to show it; not blank
 * @param payload the content to show
 * @param eventId the publisher's id for the event, forwarded verbatim; may be empty
 * @param requestId the id of the request that caused the event, forwarded verbatim; may be empty
 * @param traceId the id of the W3C trace that the event belongs to, forwarded verbatim; may be empty
 * @param traceparent the W3C trace context for gateways to continue, in the form of the {@code traceparent} header; may
 *     be empty
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

    /**
     * @throws IllegalArgumentException if the user id is missing or nil, or the kind missing or blank; the message
     *     names the component
     */
    public ClientEvent {
        userId = Ids.required("userId", userId);
        deviceSessionId = Ids.orNull(deviceSessionId);
        if (kind == null || kind.isBlank()) {
            throw new IllegalArgumentException("kind is required, but was " + (kind == null ? "null" : "blank"));
        }
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(traceId, "traceId");
        Objects.requireNonNull(traceparent, "traceparent");
    }

    /** Creates an event without a trace context. */
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
