package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import push.api.Event;

class ScanTest {

    private static final UUID OTHER = new UUID(1, 1);
    private static final Interest ONLY_USER = new Interest(Set.of(TestEvents.USER), Set.of(), 0, 0);
    private static final int QUARTER = 64 << 10;
    private static final int WORD = 8;
    private static final int LOOK_UP_AFTER = 4096;

    private static Entry entry(long sequence, Event event) {
        return new Entry("e", sequence, Instant.EPOCH, 0, event, new NoWireFormat());
    }

    private static Entry forUser(long sequence) {
        return entry(sequence, TestEvents.event(""));
    }

    private static Entry forOther(long sequence) {
        return entry(sequence, TestEvents.event(OTHER, "test"));
    }

    /** An event of exactly this number of bytes on the heap, a multiple of the word size. */
    private static Entry heavy(long sequence, int heapBytes) {
        int least = "{\"x\":\"\"}".length();
        int more = heapBytes - entry(sequence, TestEvents.eventOf(least)).heapBytes();
        return IntStream.rangeClosed(-WORD, WORD)
                .mapToObj(off -> entry(sequence, TestEvents.eventOf(least + more + off)))
                .filter(entry -> entry.heapBytes() == heapBytes)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void takesMatchingEventsUntilTheBatchIsFull() {
        int events = 6;
        for (int pattern = 0; pattern < 1 << events; pattern++) {
            for (int room = 0; room <= events + 1; room++) {
                List<Entry> log = new ArrayList<>();
                for (int i = 0; i < events; i++) {
                    log.add((pattern >> i & 1) == 1 ? forUser(11 + i) : forOther(11 + i));
                }
                takes(log, ONLY_USER, room);
                takes(log, Interest.ALL, room);
            }
        }
    }

    private static void takes(List<Entry> log, Interest interest, int room) {
        List<Entry> expected = new ArrayList<>();
        long looked = 10;
        for (Entry next : log) {
            if (expected.size() == room) {
                break; // even if the next event does not match
            }
            if (interest.matches(next)) {
                expected.add(next);
            }
            looked = next.sequence();
        }
        Delivery[] batch = new Delivery[room];
        Scan scan = new Scan(interest, 4 * QUARTER);
        scan.start(10, batch);
        for (Entry next : log) {
            boolean expectedToAccept = next.sequence() <= looked;
            assertThat(next.sequence() + " into " + room, scan.offer(next), is(expectedToAccept));
        }
        assertThat(scan.size(), is(expected.size()));
        assertThat(Arrays.asList(batch).subList(0, scan.size()), is(expected));
        assertThat(scan.position(), is(looked));
        assertThat(scan.paused(), is(false));
    }

    @Test
    void endsAtAMissingEvent() {
        Delivery[] batch = new Delivery[4];
        Scan scan = new Scan(Interest.ALL, 4 * QUARTER);
        scan.start(0, batch);
        assertThat(scan.offer(forUser(1)), is(true));
        @Nullable Entry gone = null;
        assertThat(scan.offer(gone), is(false));
        assertThat(scan.position(), is(1L));
        assertThat(scan.size(), is(1));
    }

    @Test
    void leavesTheEventThatWouldMakeTheBatchTooHeavy() {
        for (int heavier = 0; heavier <= WORD; heavier += WORD) {
            Scan scan = new Scan(Interest.ALL, 4 * QUARTER);
            scan.start(0, new Delivery[10]);
            for (long sequence = 1; sequence <= 3; sequence++) {
                assertThat(scan.offer(heavy(sequence, QUARTER)), is(true));
            }
            assertThat(scan.offer(heavy(4, QUARTER + heavier)), is(heavier == 0));
            assertThat(scan.size(), is(heavier == 0 ? 4 : 3));
        }
    }

    @Test
    void takesASingleEventThatExceedsTheLimit() {
        Scan scan = new Scan(Interest.ALL, QUARTER);
        scan.start(0, new Delivery[10]);
        assertThat(scan.offer(heavy(1, 2 * QUARTER)), is(true));
        assertThat(scan.offer(forUser(2)), is(false));
        assertThat(scan.size(), is(1));
    }

    @Test
    void skippedEventsDoNotCountTowardsTheLimit() {
        Scan scan = new Scan(new Interest(Set.of(OTHER), Set.of(), 0, 0), 4 * QUARTER);
        scan.start(0, new Delivery[1]);
        for (long sequence = 1; sequence <= 8; sequence++) {
            assertThat(scan.offer(heavy(sequence, QUARTER)), is(true));
        }
        assertThat(scan.offer(forOther(9)), is(true));
        assertThat(scan.size(), is(1));
    }

    @Test
    void returnsAfterManyEventsThatDoNotMatch() {
        Scan scan = new Scan(ONLY_USER, 4 * QUARTER);
        long from = 1_000_000;
        scan.start(from, new Delivery[1]);
        for (long sequence = from + 1; sequence <= from + LOOK_UP_AFTER; sequence++) {
            assertThat(scan.paused(), is(false));
            assertThat(scan.offer(forOther(sequence)), is(true));
        }
        assertThat(scan.paused(), is(true));
        assertThat(scan.offer(forUser(from + LOOK_UP_AFTER + 1)), is(false));
        assertThat(scan.position(), is(from + LOOK_UP_AFTER));
        assertThat(scan.size(), is(0));
    }

    @Test
    void aRestartedScanIsEmpty() {
        Scan scan = new Scan(Interest.ALL, 4 * QUARTER);
        scan.start(0, new Delivery[1]);
        assertThat(scan.offer(heavy(1, 4 * QUARTER)), is(true));
        assertThat(scan.offer(forUser(2)), is(false));
        Delivery[] batch = new Delivery[2];
        scan.start(7, batch);
        assertThat(scan.position(), is(7L));
        assertThat(scan.size(), is(0));
        Entry eighth = forUser(8);
        Entry ninth = forUser(9);
        assertThat(scan.offer(eighth) && scan.offer(ninth), is(true));
        assertThat(Arrays.asList(batch), is(List.of(eighth, ninth)));
        assertThat(scan.position(), is(9L));
    }
}
