package push.transport;

import com.google.protobuf.Timestamp;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import push.engine.Cursor;
import push.engine.WireFormat;
import push.protocol.v1.ClientEvent;
import push.protocol.v1.PushEvent;
import push.protocol.v1.SessionInvalidation;

/** Encodes events as gRPC messages: see {@link GrpcMessage}. */
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
            String traceId,
            String traceparent) {
        return GrpcMessage.of(event(cursor, publishedAt, traceparent)
                .setClientEvent(ClientEvent.newBuilder()
                        .setUserId(userId.toString())
                        .setDeviceSessionId(text(session))
                        .setKind(kind)
                        // A payload never changes, so its bytes need no copy.
                        .setPayload(UnsafeByteOperations.unsafeWrap(payload))
                        .setEventId(eventId)
                        .setRequestId(requestId)
                        .setTraceId(traceId))
                .build());
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
        return GrpcMessage.of(event(cursor, publishedAt, traceparent)
                .setSessionInvalidation(SessionInvalidation.newBuilder()
                        .setUserId(userId.toString())
                        .setDeviceSessionId(text(session))
                        .setReason(reason)
                        .setEventId(eventId)
                        .setRevokedAt(timestamp(revokedAt)))
                .build());
    }

    private static PushEvent.Builder event(Cursor cursor, Instant publishedAt, String traceparent) {
        return PushEvent.newBuilder()
                .setCursor(cursor.toString())
                .setTraceparent(traceparent)
                .setPublishedAt(timestamp(publishedAt));
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    private static String text(Optional<UUID> id) {
        return id.map(UUID::toString).orElse("");
    }
}
