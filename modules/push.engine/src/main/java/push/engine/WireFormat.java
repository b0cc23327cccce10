package push.engine;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Encodes events as bytes, in the one form in which a hub keeps and delivers them. An event has the same bytes for every
 * gateway. Implementations must be pure: equal arguments give equal results. Any thread may call them.
 *
 * <p>The methods receive the content of an event as plain values, because the types of events belong to the publishers:
 * a module that can see those types can publish.
 */
public interface WireFormat {

    /** Encodes a client event. {@code payload} is JSON, and read-only. */
    byte[] clientEvent(
            Cursor cursor,
            Instant publishedAt,
            UUID userId,
            Optional<UUID> session,
            String kind,
            ByteBuffer payload,
            String eventId,
            String requestId,
            String traceId,
            String traceparent);

    /** Encodes a session invalidation. */
    byte[] sessionInvalidation(
            Cursor cursor,
            Instant publishedAt,
            UUID userId,
            Optional<UUID> session,
            String reason,
            Instant revokedAt,
            String eventId,
            String traceparent);
}
