package push.transport;

import com.google.protobuf.Timestamp;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import push.engine.Cursor;
import push.engine.Notice;
import push.engine.WireFormat;
import push.protocol.v1.ClientEvent;
import push.protocol.v1.PushEvent;
import push.protocol.v1.SessionInvalidation;

/** The wire form of an event: a serialised {@link PushEvent}, an event's is the same for every gateway. */
final class EventEncoder implements WireFormat {

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
            String traceId) {
        return event(cursor, publishedAt)
                .setClientEvent(ClientEvent.newBuilder()
                        .setUserId(userId.toString())
                        .setDeviceSessionId(text(session))
                        .setKind(kind)
                        // A payload never changes, so its bytes need no copy.
                        .setPayload(UnsafeByteOperations.unsafeWrap(payload))
                        .setEventId(eventId)
                        .setRequestId(requestId)
                        .setTraceId(traceId))
                .build()
                .toByteArray();
    }

    @Override
    public byte[] sessionInvalidation(
            Cursor cursor, Instant publishedAt, UUID userId, Optional<UUID> session, String reason, String eventId) {
        return event(cursor, publishedAt)
                .setSessionInvalidation(SessionInvalidation.newBuilder()
                        .setUserId(userId.toString())
                        .setDeviceSessionId(text(session))
                        .setReason(reason)
                        .setEventId(eventId))
                .build()
                .toByteArray();
    }

    @Override
    public byte[] notice(Notice notice) {
        return NoticeEncoder.encode(notice).toByteArray();
    }

    private static PushEvent.Builder event(Cursor cursor, Instant publishedAt) {
        return PushEvent.newBuilder()
                .setCursor(cursor.toString())
                .setPublishedAt(Timestamp.newBuilder()
                        .setSeconds(publishedAt.getEpochSecond())
                        .setNanos(publishedAt.getNano()));
    }

    private static String text(Optional<UUID> id) {
        return id.map(UUID::toString).orElse("");
    }
}
