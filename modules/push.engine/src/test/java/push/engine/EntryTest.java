package push.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import push.api.ClientEvent;
import push.api.Event;
import push.api.Payload;
import push.api.SessionInvalidation;

class EntryTest {

    private static final Instant PUBLISHED = Instant.ofEpochSecond(1_000_000_000, 123);
    private static final Instant REVOKED = PUBLISHED.minusSeconds(3);
    private static final UUID SESSION = new UUID(9, 9);
    private static final Payload PAYLOAD = Payload.of(Map.of("k", "é"));

    /** Encodes its arguments as text, so that a test sees every one of them. */
    private static final class Words implements WireFormat {

        final List<String> asked = new ArrayList<>();

        private byte[] made(Object... parts) {
            asked.add(List.of(parts).toString());
            return asked.getLast().getBytes(UTF_8);
        }

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
            String text = UTF_8.decode(payload).toString();
            return made(cursor, publishedAt, userId, session, kind, text, eventId, requestId, traceId, traceparent);
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
            return made(cursor, publishedAt, userId, session, reason, revokedAt, eventId, traceparent);
        }
    }

    private static Entry entry(Event event) {
        return entry(event, new NoWireFormat());
    }

    private static Entry entry(Event event, WireFormat format) {
        return new Entry("e", 7, PUBLISHED, 42, event, format);
    }

    private static ClientEvent client(String kind, Payload payload, String id, String request, String trace) {
        return new ClientEvent(TestEvents.USER, SESSION, kind, payload, id, request, trace);
    }

    @Test
    void anEntryHasThePositionAndTheContentOfItsEvent() {
        Entry entry = entry(client("k", PAYLOAD, "i", "r", "t"));
        assertThat(entry.cursor(), is(new Cursor("e", 7)));
        assertThat(entry.sequence(), is(7L));
        assertThat(entry.appendedNanos(), is(42L));
        assertThat(entry.userId(), is(TestEvents.USER));
        assertThat(entry.session(), is(SESSION));
        assertThat(entry.kind(), is("k"));
        assertThat(entry.isInvalidation(), is(false));
        Entry invalidation = entry(TestEvents.invalidation(TestEvents.USER, null));
        assertThat(invalidation.isInvalidation(), is(true));
        assertThat(invalidation.session(), is(nullValue()));
    }

    @Test
    void theWireFormatReceivesTheWholeContentOfAnEvent() {
        Words words = new Words();
        entry(client("k", PAYLOAD, "i", "r", "t").withTraceparent("p"), words).wire();
        entry(new SessionInvalidation(TestEvents.USER, SESSION, "why", REVOKED, "i", "p"), words)
                .wire();
        String who = "e-7, " + PUBLISHED + ", " + TestEvents.USER + ", Optional[" + SESSION + "], ";
        assertThat(
                words.asked,
                is(List.of("[" + who + "k, {\"k\":\"é\"}, i, r, t, p]", "[" + who + "why, " + REVOKED + ", i, p]")));
    }

    @Test
    void theWireFormIsEncodedOnceForAllCallers() {
        Words words = new Words();
        Entry entry = entry(client("k", PAYLOAD, "i", "r", "t"), words);
        byte[] first = entry.wire();
        assertThat(new String(first, UTF_8), is(words.asked.getFirst()));
        assertThat(entry.wire(), is(sameInstance(first)));
        assertThat(words.asked.size(), is(1));
    }

    @Test
    void anEntryWithoutAWireFormatSaysHowToGiveOne() {
        IllegalStateException e =
                assertThrows(IllegalStateException.class, entry(TestEvents.invalidation(TestEvents.USER, null))::wire);
        assertThat(e.getMessage(), is("the hub has no wire format: it was built without HubBuilder.wireFormat"));
        assertThrows(IllegalStateException.class, entry(TestEvents.event(""))::wire);
    }

    @Test
    void everyCallReturnsTheHashOfTheUser() {
        Entry entry = entry(TestEvents.event(""));
        assertThat(entry.userHash(), is(Shards.hash(TestEvents.USER)));
        assertThat(entry.userHash(), is(Shards.hash(TestEvents.USER)));
    }

    /** Otherwise the log would hold the payload twice. */
    @Test
    void theWireFormReplacesTheEvent() {
        List<Payload> payload = new ArrayList<>(List.of(Payload.of(Map.of("k", "only here"))));
        WeakReference<Payload> gone = new WeakReference<>(payload.getFirst());
        Entry entry = entry(client("k", payload.removeFirst(), "i", "r", "t"), new Words());
        entry.wire();
        for (int collections = 0; collections < 100 && gone.get() != null; collections++) {
            System.gc();
        }
        assertThat(gone.get(), is(nullValue()));
        assertThat(entry.kind(), is("k"));
    }
}
