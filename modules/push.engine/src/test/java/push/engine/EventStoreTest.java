package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import push.api.Event;

class EventStoreTest {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Duration INVALIDATIONS = Duration.ofHours(1);
    private static final UUID ONE = new UUID(1, 1);
    private static final UUID TWO = new UUID(2, 2);
    private static final UUID SESSION = new UUID(9, 9);
    private static final Interest ONLY_ONE = new Interest(Set.of(ONE), Set.of(), 0, 0);
    private static final List<Interest> INTERESTS = List.of(
            Interest.ALL,
            ONLY_ONE,
            new Interest(Set.of(), Set.of("a"), 0, 0),
            new Interest(Set.of(TWO), Set.of("a"), 0, 0));
    private static final List<Event> EVENTS = List.of(
            TestEvents.event(ONE, "a"),
            TestEvents.event(TWO, "b"),
            TestEvents.invalidation(ONE, null),
            TestEvents.invalidation(ONE, SESSION),
            TestEvents.invalidation(TWO, SESSION));
    private static final int LENGTH = 4;

    private final FakeRuntime time = new FakeRuntime();

    private EventStore store(int maxInvalidations) {
        return store(maxInvalidations, Long.MAX_VALUE);
    }

    private EventStore store(int maxInvalidations, long maxBytes) {
        RetentionConfig retention =
                new RetentionConfig(WINDOW, 4, maxBytes, INVALIDATIONS, maxInvalidations, Long.MAX_VALUE);
        return new EventStore("e", 0, true, retention, new NoWireFormat(), time);
    }

    private static void append(EventStore store, Event... events) {
        for (Event event : events) {
            store.append(store.recent().head() + 1, Instant.EPOCH, Duration.ZERO, event);
        }
    }

    private static List<Long> kept(EventStore store) {
        Delivery[] into = new Delivery[100];
        Scan scan = new Scan(Interest.ALL, Long.MAX_VALUE);
        scan.start(0, into);
        assertThat(store.invalidations().read(scan, Long.MAX_VALUE), is(true));
        return Arrays.asList(into).subList(0, scan.size()).stream()
                .map(delivery -> ((Entry) delivery).sequence())
                .toList();
    }

    /** The events that the digits of a number represent. */
    private static List<Event> program(int number, int length) {
        List<Event> events = new ArrayList<>();
        for (int i = 0, digits = number; i < length; i++, digits /= EVENTS.size()) {
            events.add(EVENTS.get(digits % EVENTS.size()));
        }
        return events;
    }

    @Test
    void countsTheEventsOfEachInterestInEveryProgram() {
        for (int maxInvalidations = 1; maxInvalidations <= 2; maxInvalidations++) {
            for (int number = 0; number < Math.pow(EVENTS.size(), LENGTH); number++) {
                List<Event> events = program(number, LENGTH);
                EventStore store = store(maxInvalidations);
                events.forEach(event -> append(store, event));
                for (Interest interest : INTERESTS) {
                    sameAs(events, interest, store);
                }
            }
        }
    }

    private static void sameAs(List<Event> events, Interest interest, EventStore store) {
        long droppedThrough = store.invalidations().lostThrough();
        for (long from = 0; from <= LENGTH; from++) {
            for (long to = from; to <= LENGTH; to++) {
                long clientEvents = 0;
                boolean droppedSome = false;
                for (long sequence = from + 1; sequence <= to; sequence++) {
                    Entry entry = new Entry(
                            "e", sequence, Instant.EPOCH, 0, events.get((int) sequence - 1), new NoWireFormat());
                    clientEvents += interest.matches(entry) && !entry.isInvalidation() ? 1 : 0;
                    droppedSome |= interest.matches(entry) && entry.isInvalidation() && sequence <= droppedThrough;
                }
                String where = events + " for " + interest + " from " + from + " to " + to;
                assertThat(where, store.clientEvents(from, to, interest), is(clientEvents));
                assertThat(where, store.hasLostInvalidations(from, to, interest), is(droppedSome));
                assertThat(where, store.hasLost(from, to, interest), is(clientEvents > 0 || droppedSome));
            }
        }
    }

    @Test
    void forgottenEventsExceptInvalidationsCountForEveryInterest() {
        EventStore store = store(10, 1);
        long invalidations = 10;
        for (int i = 0; i < invalidations; i++) {
            append(store, TestEvents.invalidation(TWO, null));
        }
        Event forTwo = TestEvents.event(TWO, "b");
        for (long sequence = invalidations + 1; sequence <= 300_000; sequence++) {
            append(store, forTwo);
        }
        append(store, TestEvents.event(ONE, "a"), TestEvents.event(ONE, "a"));
        long head = store.recent().head();
        long forgotten = (head / 4096 - 63) * 4096 - 1; // the ledger keeps its last 64 pages
        assertThat(store.clientEvents(forgotten, head, ONLY_ONE), is(2L));
        assertThat(store.clientEvents(forgotten - 1, head, ONLY_ONE), is(3L));
        assertThat(store.clientEvents(0, head, ONLY_ONE), is(forgotten - invalidations + 2));
        assertThat(store.clientEvents(0, head, Interest.ALL), is(head - invalidations));
        assertThat(store.clientEvents(5, 8, ONLY_ONE), is(0L));
    }

    @Test
    void theOldestRetainedEventIsTheOlderOfBothLanes() {
        EventStore store = store(10);
        assertThat(store.beforeOldest(1), is(0L));
        append(store, EVENTS.get(0));
        assertThat(store.beforeOldest(1), is(0L));
        assertThat(store.beforeOldest(2), is(1L));
        append(store, EVENTS.get(0), EVENTS.get(2), EVENTS.get(0));
        assertThat(store.beforeOldest(1), is(0L));
        assertThat(store.beforeOldest(3), is(2L));
        assertThat(store.beforeOldest(5), is(2L));
    }

    @Test
    void everyEventIsRecentAndInvalidationsAreRetainedLonger() {
        EventStore store = store(10);
        append(store, EVENTS.get(0), EVENTS.get(2), EVENTS.get(1), EVENTS.get(3));
        assertThat(store.recent().span(), is(new RecentEvents.Span(1, 4)));
        assertThat(kept(store), is(List.of(2L, 4L)));
        time.advance(WINDOW);
        store.expire();
        assertThat(store.recent().oldest(), is(5L));
        assertThat(kept(store), is(List.of(2L, 4L)));
        assertThat(store.hasLostInvalidations(0, 4, Interest.ALL), is(false));
        time.advance(INVALIDATIONS.minus(WINDOW));
        store.expire();
        assertThat(kept(store), is(List.of()));
        assertThat(store.hasLostInvalidations(0, 4, Interest.ALL), is(true));
        assertThat(store.hasLostInvalidations(4, 4, Interest.ALL), is(false));
    }

    @Test
    void anEntryHasItsTimeAndItsSequence() {
        EventStore store = store(10);
        time.advance(WINDOW);
        append(store, EVENTS.get(0));
        Entry entry = store.recent().get(1);
        assertThat(entry != null && entry.appendedNanos() == WINDOW.toNanos(), is(true));
        assertThat(entry == null ? "none" : entry.cursor(), is(new Cursor("e", 1)));
        assertThat(store.cursor(7), is(new Cursor("e", 7)));
        assertThat(store.epoch(), is("e"));
    }
}
