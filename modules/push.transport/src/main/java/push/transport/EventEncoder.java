package push.transport;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
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

/**
 * Encodes deliveries for the wire: a serialized {@link PushEvent} after gRPC's prefix, which is one byte for "not
 * compressed" and the length in four bytes. The wire form of an event is the same for every gateway.
 */
final class EventEncoder implements WireFormat {

    private static final int PREFIX_BYTES = 5;

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
        return message(event(cursor, publishedAt, traceparent)
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
        return message(event(cursor, publishedAt, traceparent)
                .setSessionInvalidation(SessionInvalidation.newBuilder()
                        .setUserId(userId.toString())
                        .setDeviceSessionId(text(session))
                        .setReason(reason)
                        .setEventId(eventId)
                        .setRevokedAt(timestamp(revokedAt)))
                .build());
    }

    @Override
    public byte[] notice(Notice notice) {
        return message(NoticeEncoder.encode(notice));
    }

    private static byte[] message(PushEvent event) {
        int length = event.getSerializedSize();
        byte[] message = new byte[PREFIX_BYTES + length];
        for (int i = 1, shift = 24; shift >= 0; i++, shift -= 8) {
            message[i] = (byte) (length >> shift);
        }
        CodedOutputStream out = CodedOutputStream.newInstance(message, PREFIX_BYTES, length);
        try {
            event.writeTo(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new IllegalStateException("an event is longer than it says", e);
        }
        return message;
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
