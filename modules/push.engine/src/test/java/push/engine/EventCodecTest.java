package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import push.api.ClientEvent;
import push.api.Event;
import push.api.Payload;
import push.api.SessionInvalidation;

class EventCodecTest {

    private static final UUID USER = new UUID(1, 2);
    private static final UUID SESSION = new UUID(3, 4);
    private static final Instant REVOKED = Instant.parse("2026-01-31T12:00:00.123456789Z");
    private static final List<Event> EVENTS = List.of(
            new ClientEvent(USER, null, "k", Payload.of(Map.of()), "", "", "", ""),
            new ClientEvent(USER, SESSION, "€😀", Payload.of(Map.of("ä", 1)), "id", "request", "trace", "parent"),
            new SessionInvalidation(USER, null, "", ""),
            new SessionInvalidation(USER, SESSION, "stolen €", REVOKED, "id", "parent"));

    private static void same(Event decoded, Event event) {
        // Payload does not implement equals.
        assertThat(decoded.toString(), is(event.toString()));
    }

    @Test
    void anEventIsDecodedUnchanged() {
        for (Event event : EVENTS) {
            same(EventCodec.decode(EventCodec.encode(event)), event);
        }
    }

    @Test
    void damagedBytesAreRefusedWithoutAnyOtherException() {
        for (Event event : EVENTS) {
            byte[] bytes = EventCodec.encode(event);
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThrows(IllegalArgumentException.class, () -> EventCodec.decode(cut));
            }
            assertThrows(
                    IllegalArgumentException.class, () -> EventCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)));
            for (int at = 0; at < bytes.length; at++) {
                byte[] changed = bytes.clone();
                changed[at] ^= (byte) 0x81;
                try {
                    Event _ = EventCodec.decode(changed);
                } catch (IllegalArgumentException e) {
                    assertThat(String.valueOf(e.getMessage()).isBlank(), is(false));
                }
            }
        }
    }

    @Test
    void aLaterVersionIsRefusedByItsNumber() {
        byte[] bytes = EventCodec.encode(EVENTS.getFirst());
        bytes[0] = 2;
        var refused = assertThrows(IllegalArgumentException.class, () -> EventCodec.decode(bytes));
        assertThat(refused.getMessage(), is("the version of a stored event must be 1, but was 2"));
    }
}
