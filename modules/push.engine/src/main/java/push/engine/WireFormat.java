package push.engine;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Turns a delivery into bytes, an entry into those that go to every gateway alike. Must be pure: equal in, equal out.
 *
 * <p>It gets what an event says in plain values, because the events' own types are the publishers'
 * and nobody else may see them: whoever can see them can publish.
 */
public interface WireFormat {

    /** The wire form of something to show. {@code payload} is JSON, and read-only. */
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

    /** The wire form of a session to cut off. */
    byte[] sessionInvalidation(
            Cursor cursor,
            Instant publishedAt,
            UUID userId,
            Optional<UUID> session,
            String reason,
            Instant revokedAt,
            String eventId,
            String traceparent);

    /** The wire form of a notice. */
    byte[] notice(Notice notice);
}
