package push.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;
import push.api.ClientEvent;
import push.api.Event;
import push.api.Payload;
import push.api.SessionInvalidation;
import testing.HeapInUse;

/** Holds the estimate of {@link EntrySize} against the heap itself. */
class EntrySizeOnTheHeapTest {

    private static final int ENTRIES = 20_000;
    private static final int LOOKS = 5;
    private static final String EMOJI = "😀";
    private static final WireFormat FORMAT = new Wire();

    @Test
    void estimateOfAnInvalidationHoldsAgainstTheHeapInBothForms() {
        for (String character : List.of("x", "é", "€", EMOJI)) {
            for (int length : List.of(0, 6, 300, 1024)) {
                holds(n -> new SessionInvalidation(
                        new UUID(n, 1),
                        new UUID(n, 2),
                        reason(character, length, n),
                        Instant.ofEpochSecond(n),
                        eventId(n),
                        traceparent(n)));
            }
        }
    }

    @Test
    void estimateOfAClientEventHoldsAgainstTheHeapInBothForms() {
        for (String kind : List.of("mail", "€".repeat(100))) {
            for (int length : List.of(10, 250, 2000)) {
                holds(n -> new ClientEvent(
                        new UUID(n, 1),
                        new UUID(n, 2),
                        n + kind,
                        Payload.of(Map.of("x", "x".repeat(length))),
                        eventId(n),
                        eventId(n),
                        eventId(n),
                        traceparent(n)));
            }
        }
    }

    private static String reason(String character, int length, long n) {
        return length == 0 ? "" : character.repeat(length) + n % 10;
    }

    private static String eventId(long n) {
        return new UUID(n, n).toString();
    }

    private static String traceparent(long n) {
        return "00-%032x-%016x-01".formatted(n, n);
    }

    private static void holds(LongFunction<Event> event) {
        int count = Math.max(ENTRIES / (1 + entry(1, event.apply(1)).heapBytes() / 500), 1000);
        holds(event, count, false);
        holds(event, count, true);
    }

    private static Entry entry(long sequence, Event event) {
        return new Entry("e", sequence, Instant.now(), 0, event, FORMAT);
    }

    /** Looks several times, as what other tests have left behind may be collected, or still be made, during a look. */
    private static void holds(LongFunction<Event> event, int count, boolean encoded) {
        long estimate = entry(1_000_000_000L, event.apply(count - 1)).heapBytes() * (long) count;
        Matcher<Long> fits = allOf(greaterThanOrEqualTo(estimate / 2), lessThanOrEqualTo(estimate * 103 / 100));
        long measured = measured(event, count, encoded);
        for (int look = 1; look < LOOKS && !fits.matches(measured); look++) {
            measured = measured(event, count, encoded);
        }
        String what = event.apply(1) + (encoded ? " encoded" : " as published") + " " + estimate / count + " for "
                + measured / count;
        // Where one form is larger than the other, the estimate is that of the larger one. A few objects come and go.
        assertThat(what, measured, is(fits));
    }

    private static long measured(LongFunction<Event> event, int count, boolean encoded) {
        return HeapInUse.by(() -> {
            Entry[] entries = new Entry[count];
            for (int i = 0; i < count; i++) {
                entries[i] = entry(1_000_000_000L + i, event.apply(i));
                if (encoded) {
                    entries[i].wire();
                }
            }
            return entries;
        });
    }

    /**
     * As many bytes as protobuf makes: two a field for its tag and length, and three for one of more than 127 bytes.
     */
    private static final class Wire implements WireFormat {

        private static byte[] made(int fixed, Object... texts) {
            int length = 5 + fixed;
            for (Object text : texts) {
                int bytes = text.toString().getBytes(UTF_8).length;
                length += bytes == 0 ? 0 : bytes + (bytes < 128 ? 2 : 3);
            }
            return new byte[length];
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
            String json = UTF_8.decode(payload).toString();
            UUID id = session.orElseThrow();
            return made(14 + 4, cursor, userId, id, kind, json, eventId, requestId, traceId, traceparent);
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
            return made(14 + 4 + 14, cursor, userId, session.orElseThrow(), reason, eventId, traceparent);
        }
    }
}
