package push.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;

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

    /** Writes what it gets as text, so that nothing can be left out or mixed up. */
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

        @Override
        public byte[] notice(Notice notice) {
            return made(notice);
        }
    }

    private static Entry entry(Event event) {
        return new Entry("e", 7, PUBLISHED, 42, event);
    }

    private static ClientEvent client(String kind, Payload payload, String id, String request, String trace) {
        return new ClientEvent(TestEvents.USER, SESSION, kind, payload, id, request, trace);
    }

    @Test
    void knowsItsPlaceAndItsEvent() {
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
    void wireFormGetsAllThatTheEventSays() {
        Words words = new Words();
        entry(client("k", PAYLOAD, "i", "r", "t").withTraceparent("p")).wire(words);
        entry(new SessionInvalidation(TestEvents.USER, SESSION, "why", REVOKED, "i", "p"))
                .wire(words);
        byte[] notice = new Notice.Heartbeat(new Cursor("e", 8)).wire(words);
        assertThat(new String(notice, UTF_8), is(words.asked.getLast()));
        String who = "e-7, " + PUBLISHED + ", " + TestEvents.USER + ", Optional[" + SESSION + "], ";
        assertThat(
                words.asked,
                is(List.of(
                        "[" + who + "k, {\"k\":\"é\"}, i, r, t, p]",
                        "[" + who + "why, " + REVOKED + ", i, p]",
                        "[Heartbeat[cursor=e-8]]")));
    }

    @Test
    void wireFormIsMadeOnceForAllWhoAsk() {
        Words words = new Words();
        Entry entry = entry(client("k", PAYLOAD, "i", "r", "t"));
        byte[] first = entry.wire(words);
        assertThat(new String(first, UTF_8), is(words.asked.getFirst()));
        assertThat(entry.wire(words), is(sameInstance(first)));
        assertThat(words.asked.size(), is(1));
    }

    @Test
    void userHashIsThatOfItsUserHoweverOftenItIsAsked() {
        Entry entry = entry(TestEvents.event(""));
        assertThat(entry.userHash(), is(Shards.hash(TestEvents.USER)));
        assertThat(entry.userHash(), is(Shards.hash(TestEvents.USER)));
    }

    /** As it was published an event would be there twice, for as long as the log keeps the entry. */
    @Test
    void keepsTheWireFormInsteadOfTheEvent() {
        List<Payload> payload = new ArrayList<>(List.of(Payload.of(Map.of("k", "only here"))));
        WeakReference<Payload> gone = new WeakReference<>(payload.getFirst());
        Entry entry = entry(client("k", payload.removeFirst(), "i", "r", "t"));
        entry.wire(new Words());
        for (int collections = 0; collections < 100 && gone.get() != null; collections++) {
            System.gc();
        }
        assertThat(gone.get(), is(nullValue()));
        assertThat(entry.kind(), is("k"));
    }
}
