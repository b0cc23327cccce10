package push.engine;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The wire format of a hub that was built without one, because no transport sends its events. */
final class NoWireFormat implements WireFormat {

    @Override
    public byte[] clientEvent(
            Cursor cursor,
            Instant publishedAt,
            UUID userId,
            Optional<UUID> session,
            String kind,
            ByteBuffer payload,
            String eventId,
            String requestId,
            String traceId,
            String traceparent) {
        throw missing();
    }

    @Override
    public byte[] sessionInvalidation(
            Cursor cursor,
            Instant publishedAt,
            UUID userId,
            Optional<UUID> session,
            String reason,
            Instant revokedAt,
            String eventId,
            String traceparent) {
        throw missing();
    }

    private static IllegalStateException missing() {
        return new IllegalStateException("the hub has no wire format: it was built without HubBuilder.wireFormat");
    }
}
