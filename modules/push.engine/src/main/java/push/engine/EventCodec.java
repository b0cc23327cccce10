package push.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import push.api.ClientEvent;
import push.api.Event;
import push.api.Payload;
import push.api.SessionInvalidation;

/**
 * The bytes of an event in a log that outlives the process: one byte for the version, one for the type, one for what is
 * present, and then the components in the order of the record. Numbers are big-endian. A text is its length in bytes,
 * as four bytes, and UTF-8.
 */
final class EventCodec {

    private static final byte VERSION = 1;
    private static final byte CLIENT_EVENT = 1;
    private static final byte SESSION_INVALIDATION = 2;

    private static final byte HAS_SESSION = 1;
    private static final byte HAS_REVOKED_AT = 2;

    private static final int HEAD = 3 + 16 + 16; // version, type, presence, user, session
    private static final int INSTANT = Long.BYTES + Integer.BYTES;

    private EventCodec() {}

    static byte[] encode(Event event) {
        byte[][] texts = texts(event);
        int size = HEAD + INSTANT;
        for (byte[] text : texts) {
            size += Integer.BYTES + text.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        UUID session = event.session().orElse(null);
        Instant revokedAt = event instanceof SessionInvalidation invalidation ? invalidation.revokedAt() : null;
        out.put(VERSION).put(event instanceof ClientEvent ? CLIENT_EVENT : SESSION_INVALIDATION);
        out.put((byte) ((session == null ? 0 : HAS_SESSION) | (revokedAt == null ? 0 : HAS_REVOKED_AT)));
        putId(out, event.userId());
        if (session != null) {
            putId(out, session);
        }
        if (revokedAt != null) {
            out.putLong(revokedAt.getEpochSecond()).putInt(revokedAt.getNano());
        }
        for (byte[] text : texts) {
            out.putInt(text.length).put(text);
        }
        byte[] encoded = new byte[out.position()];
        out.flip().get(encoded);
        return encoded;
    }

    private static byte[][] texts(Event event) {
        return switch (event) {
            case ClientEvent e ->
                new byte[][] {
                    utf8(e.kind()),
                    bytes(e.payload()),
                    utf8(e.eventId()),
                    utf8(e.requestId()),
                    utf8(e.traceId()),
                    utf8(e.traceparent())
                };
            case SessionInvalidation e -> new byte[][] {utf8(e.reason()), utf8(e.eventId()), utf8(e.traceparent())};
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] bytes(Payload payload) {
        byte[] json = new byte[payload.size()];
        payload.utf8().get(json);
        return json;
    }

    private static void putId(ByteBuffer out, UUID id) {
        out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    /** @throws IllegalArgumentException if the bytes are damaged or of a later version */
    static Event decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte version = in.get();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "the version of a stored event must be " + VERSION + ", but was " + version);
            }
            Event event = event(in);
            if (in.hasRemaining()) {
                throw new IllegalArgumentException("a stored event has " + in.remaining() + " bytes too many");
            }
            return event;
        } catch (BufferUnderflowException | DateTimeException e) {
            throw new IllegalArgumentException("a stored event of " + bytes.length + " bytes is damaged", e);
        }
    }

    private static Event event(ByteBuffer in) {
        byte type = in.get();
        byte present = in.get();
        UUID user = id(in);
        UUID session = (present & HAS_SESSION) == 0 ? null : id(in);
        return switch (type) {
            case CLIENT_EVENT ->
                new ClientEvent(
                        user, session, text(in), Payload.ofUtf8(slice(in)), text(in), text(in), text(in), text(in));
            case SESSION_INVALIDATION -> {
                Instant revokedAt = instant(in, present);
                yield new SessionInvalidation(user, session, text(in), revokedAt, text(in), text(in));
            }
            default -> throw new IllegalArgumentException("the type of a stored event must be 1 or 2, but was " + type);
        };
    }

    private static @Nullable Instant instant(ByteBuffer in, byte present) {
        return (present & HAS_REVOKED_AT) == 0 ? null : Instant.ofEpochSecond(in.getLong(), in.getInt());
    }

    private static UUID id(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }

    private static String text(ByteBuffer in) {
        return new String(slice(in), UTF_8);
    }

    private static byte[] slice(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] slice = new byte[length];
        in.get(slice);
        return slice;
    }
}
