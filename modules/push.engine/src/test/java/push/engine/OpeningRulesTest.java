package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import push.api.Event;
import push.engine.Notice.Gap;

class OpeningRulesTest {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final UUID OTHER = new UUID(1, 1);
    private static final Interest ONLY_USER = new Interest(Set.of(TestEvents.USER), Set.of(), 0, 0);
    private static final Event CLIENT = TestEvents.event(TestEvents.USER, "test");
    private static final Event FOR_OTHER = TestEvents.event(OTHER, "test");

    private final FakeRuntime time = new FakeRuntime();

    /** A store with room for all events of the test. */
    private EventStore store() {
        return store(Long.MAX_VALUE, 100);
    }

    private EventStore store(long maxBytes, int maxInvalidations) {
        RetentionConfig retention =
                new RetentionConfig(WINDOW, 4, maxBytes, Duration.ofHours(1), maxInvalidations, Long.MAX_VALUE);
        return new EventStore("now", 0, true, retention, new NoWireFormat(), time);
    }

    private static void append(EventStore store, int count, Event event) {
        for (int i = 0; i < count; i++) {
            store.append(store.recent().head() + 1, Instant.EPOCH, Duration.ZERO, event);
        }
    }

    /** A store in which events 1 to 10 have expired, and 11 to 20 are retained. */
    private EventStore halfExpired() {
        EventStore store = store();
        append(store, 10, CLIENT);
        time.advance(WINDOW);
        append(store, 10, CLIENT);
        return store;
    }

    private static TestRequest from(String cursor) {
        return TestRequest.of("g").from(cursor);
    }

    private static TestRequest from(long sequence) {
        return from("now-" + sequence);
    }

    private static Opening decide(TestRequest request, EventStore store) throws SubscriptionRefused {
        return Opening.decide(request.asked(), store);
    }

    private static void refused(
            SubscriptionRefused.Reason reason, String message, TestRequest request, EventStore store) {
        TestRequest failing = request.onStale(StalePolicy.FAIL);
        var refused = assertThrows(SubscriptionRefused.class, () -> decide(failing, store));
        assertThat(refused.getMessage(), is("cursor cannot be served, because " + message));
        assertThat(refused.reason(), is(reason));
    }

    private static Opening without(Resume resume, long position, long head) {
        return new Opening(resume, ReaderState.at(position), head, null);
    }

    private static Opening gap(
            Resume resume, long position, long lost, long missed, Gap.Reason why, @Nullable Cursor former) {
        return new Opening(resume, new ReaderState(position, position, lost, missed, why, false), 20, former);
    }

    /** An opening without a gap, and with only retained invalidations up to {@code through}. */
    private static Opening keptOnly(Resume resume, long position, long through, long head) {
        return new Opening(
                resume, new ReaderState(position, through, through, 0, Gap.Reason.SLOW_CONSUMER, false), head, null);
    }

    @ParameterizedTest
    @EnumSource
    void everySequenceHasItsOutcome(StalePolicy policy) throws Exception {
        EventStore store = halfExpired();
        boolean fails = policy == StalePolicy.FAIL;
        for (long sequence = 0; sequence <= 30; sequence++) {
            TestRequest request = from(sequence).onStale(policy);
            String where = "sequence " + sequence;
            if (sequence >= 10 && sequence <= 20) { // event 10 has expired, but no event after it
                assertThat(where, decide(request, store), is(without(Resume.RESUMED, sequence, 20)));
            } else if (fails) {
                String why = sequence > 20 ? "it is past the end of the log" : "events after it are no longer retained";
                refused(
                        SubscriptionRefused.Reason.CURSOR_OUT_OF_RANGE,
                        why + "; it was \"now-" + sequence + "\"",
                        request,
                        store);
            } else if (sequence > 20) {
                assertThat(where, decide(request, store), is(without(Resume.FUTURE, 20, 20)));
            } else {
                long lost = policy == StalePolicy.OLDEST_RETAINED ? 10 : 20;
                Opening expected = gap(Resume.STALE, sequence, lost, lost - sequence, Gap.Reason.EXPIRED, null);
                assertThat(where, decide(request, store), is(expected));
            }
        }
    }

    @Test
    void noCursorStartsAtTheLiveTailForEveryPolicy() throws Exception {
        EventStore store = halfExpired();
        for (StalePolicy policy : StalePolicy.values()) {
            assertThat(decide(from("").onStale(policy), store), is(without(Resume.FRESH, 20, 20)));
        }
    }

    @Test
    void aCursorOfAnotherEpochIsNeverTakenForThisOne() throws Exception {
        EventStore store = halfExpired();
        TestRequest request = from("then-15");
        Cursor former = new Cursor("then", 15);
        assertThat(decide(request, store), is(gap(Resume.OTHER_EPOCH, 0, 20, 20, Gap.Reason.EPOCH_CHANGED, former)));
        assertThat(
                decide(request.onStale(StalePolicy.OLDEST_RETAINED), store),
                is(gap(Resume.OTHER_EPOCH, 0, 10, 10, Gap.Reason.EPOCH_CHANGED, former)));
        refused(
                SubscriptionRefused.Reason.CURSOR_OUT_OF_RANGE,
                "it is of another life of the log; it was \"then-15\"",
                request,
                store);
    }

    @Test
    void garbageStartsAtTheLiveTail() throws Exception {
        EventStore store = halfExpired();
        for (StalePolicy policy : List.of(StalePolicy.LIVE_TAIL, StalePolicy.OLDEST_RETAINED)) {
            assertThat(decide(from("garbage").onStale(policy), store), is(without(Resume.MALFORMED, 20, 20)));
        }
        refused(
                SubscriptionRefused.Reason.MALFORMED_CURSOR,
                "it is not one that a hub gave; it was \"gar?bage\"",
                from("gar\nbage"),
                store);
    }

    @Test
    void startEarliestStartsBeforeTheOldestAndIgnoresTheCursor() throws Exception {
        EventStore store = halfExpired();
        for (String cursor : List.of("", "garbage", "now-15", "then-1", "now-99")) {
            TestRequest request = from(cursor).earliest().onStale(StalePolicy.FAIL);
            assertThat(decide(request, store), is(without(Resume.FRESH, 10, 20)));
        }
    }

    @Test
    void startEarliestIncludesInvalidationsFromBeforeTheOldest() throws Exception {
        EventStore store = store();
        append(store, 2, CLIENT);
        append(store, 1, TestEvents.invalidation(OTHER, null));
        append(store, 7, CLIENT);
        time.advance(WINDOW);
        append(store, 10, CLIENT);
        assertThat(decide(from("").earliest(), store), is(keptOnly(Resume.FRESH, 2, 10, 20)));
        append(store, 1, TestEvents.invalidation(OTHER, null)); // supersedes the first
        assertThat(decide(from("").earliest(), store), is(without(Resume.FRESH, 10, 21)));
    }

    @Test
    void anEmptyLogResumesFromItsHead() throws Exception {
        EventStore store = store();
        assertThat(decide(from("").earliest(), store), is(without(Resume.FRESH, 0, 0)));
        assertThat(decide(from(0), store), is(without(Resume.RESUMED, 0, 0)));
        append(store, 20, CLIENT);
        time.advance(WINDOW);
        assertThat(decide(from("").earliest(), store), is(without(Resume.FRESH, 20, 20)));
        assertThat(decide(from(20), store), is(without(Resume.RESUMED, 20, 20)));
        assertThat(decide(from(19), store), is(gap(Resume.STALE, 19, 20, 1, Gap.Reason.EXPIRED, null)));
    }

    /** Tests each choice of invalidations among six expired events, and each cursor among them. */
    @Test
    void expiredInvalidationsAreNotLost() throws Exception {
        int gone = 6;
        for (int pattern = 0; pattern < 1 << gone; pattern++) {
            EventStore store = store();
            for (int i = 0; i < gone; i++) {
                boolean invalidation = (pattern >> i & 1) == 1;
                append(store, 1, invalidation ? TestEvents.invalidation(OTHER, new UUID(9, i)) : CLIENT);
            }
            time.advance(WINDOW);
            append(store, 2, CLIENT);
            for (int cursor = 0; cursor <= gone; cursor++) {
                int invalidationsAfter = Integer.bitCount(pattern >> cursor);
                int missed = gone - cursor - invalidationsAfter;
                Opening opening = decide(from(cursor), store);
                if (missed == 0) {
                    assertThat(opening, is(keptOnly(Resume.RESUMED, cursor, gone, gone + 2)));
                } else {
                    ReaderState atTail =
                            new ReaderState(cursor, cursor, gone + 2, missed + 2, Gap.Reason.EXPIRED, false);
                    assertThat(opening, is(new Opening(Resume.STALE, atTail, gone + 2, null)));
                }
            }
        }
    }

    @Test
    void aCursorBeforeADroppedInvalidationIsStale() throws Exception {
        EventStore store = store(Long.MAX_VALUE, 1);
        append(store, 1, TestEvents.invalidation(TestEvents.USER, null));
        append(store, 1, TestEvents.invalidation(OTHER, null)); // drops the first
        time.advance(WINDOW);
        store.expire();
        Opening stale = new Opening(Resume.STALE, new ReaderState(0, 0, 2, 0, Gap.Reason.EXPIRED, false), 2, null);
        assertThat(decide(from(0), store), is(stale));
        assertThat(decide(from(0).only(ONLY_USER), store), is(stale));
        assertThat(decide(from(0).onlyUser(OTHER), store), is(keptOnly(Resume.RESUMED, 0, 2, 2)));
        assertThat(decide(from(1), store), is(keptOnly(Resume.RESUMED, 1, 2, 2)));
    }

    @Test
    void eventsOutsideTheInterestAreNotLost() throws Exception {
        EventStore store = store();
        append(store, 5, CLIENT);
        append(store, 5, FOR_OTHER);
        time.advance(WINDOW);
        append(store, 5, CLIENT);
        append(store, 5, FOR_OTHER);
        for (long sequence = 0; sequence <= 20; sequence++) {
            Opening opening = decide(from(sequence).only(ONLY_USER), store);
            if (sequence < 5) {
                assertThat(opening, is(gap(Resume.STALE, sequence, 20, 10 - sequence, Gap.Reason.EXPIRED, null)));
            } else {
                assertThat(opening, is(keptOnly(Resume.RESUMED, sequence, Math.max(sequence, 10), 20)));
            }
        }
        Opening other = decide(from("then-1").only(ONLY_USER), store);
        assertThat(other.state().missed(), is(10L));
    }

    @Test
    void theReasonDistinguishesEvictedFromExpired() throws Exception {
        long each = new Entry("now", 1, Instant.EPOCH, 0, CLIENT, new NoWireFormat()).heapBytes();
        EventStore store = store(8 * each, 100);
        append(store, 10, CLIENT); // 1 and 2 are evicted
        time.advance(WINDOW);
        append(store, 3, CLIENT); // 3 to 10 have expired
        for (long sequence = 0; sequence < 10; sequence++) {
            Gap.Reason why = sequence < 2 ? Gap.Reason.EVICTED : Gap.Reason.EXPIRED;
            assertThat("from " + sequence, decide(from(sequence), store).state().reason(), is(why));
        }
        assertThat(decide(from(10), store).resume(), is(Resume.RESUMED));
    }
}
