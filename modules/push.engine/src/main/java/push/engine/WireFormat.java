package push.engine;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Encodes events as the bytes that a hub delivers. An event has the same bytes for every gateway. Implementations must
 * be pure: equal arguments give equal bytes. Each call returns a new array, which must not change after the call. An
 * exception reaches the thread that needs the bytes, and ends the subscription for which it needs them. Any thread may
 * call the methods.
 *
 * <p>An empty {@code session} stands for every session of the user. A {@code traceparent} is a W3C trace context, or
 * empty. The methods receive the content of an event as plain values, because the types of events belong to the
 * publishers: a module that can see those types can publish.
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
