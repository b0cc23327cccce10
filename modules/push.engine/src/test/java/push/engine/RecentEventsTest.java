package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import push.api.Event;

class RecentEventsTest {

    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final FakeRuntime time = new FakeRuntime();

    private RecentEvents events(int capacity, long maxBytes) {
        return new RecentEvents(time, 0, WINDOW, capacity, maxBytes);
    }

    private void append(RecentEvents events, int count) {
        append(events, count, TestEvents.event(""));
    }

    private void append(RecentEvents events, int count, Event event) {
        for (int i = 0; i < count; i++) {
            events.append(
                    new Entry("e", events.head() + 1, Instant.EPOCH, time.nanoTime(), event, new NoWireFormat()),
                    time.nanoTime());
        }
    }

    private static long[] sequences(RecentEvents events, long position, int max) {
        Delivery[] into = new Delivery[max];
        Scan scan = new Scan(Interest.ALL, 256 << 10);
        scan.start(position, into);
        events.read(scan);
        return Arrays.stream(into)
                .limit(scan.size())
                .mapToLong(delivery -> ((Entry) delivery).sequence())
                .toArray();
    }

    @Test
    void aReadReturnsTheFollowingEventsInOrder() {
        RecentEvents events = events(4, Long.MAX_VALUE);
        append(events, 10);
        assertThat(sequences(events, 0, 100), is(LongStream.rangeClosed(1, 10).toArray()));
        assertThat(sequences(events, 7, 100), is(new long[] {8, 9, 10}));
        assertThat(sequences(events, 7, 2), is(new long[] {8, 9}));
        assertThat(sequences(events, 10, 2), is(new long[] {}));
    }

    @Test
    void allFreshEventsAreKept() {
        RecentEvents events = events(4, Long.MAX_VALUE);
        append(events, 100_000);
        assertThat(events.span(), is(new RecentEvents.Span(1, 100_000)));
    }

    @Test
    void anEventIsKeptForTheWindowAndNoLonger() {
        RecentEvents events = events(4, Long.MAX_VALUE);
        append(events, 1);
        time.advance(Duration.ofMinutes(3));
        append(events, 1);
        time.advance(Duration.ofMinutes(2).minusNanos(1));
        assertThat(events.span(), is(new RecentEvents.Span(1, 2)));
        time.advance(Duration.ofNanos(1));
        assertThat(events.span(), is(new RecentEvents.Span(2, 2)));
        time.advance(WINDOW);
        assertThat(events.span(), is(new RecentEvents.Span(3, 2)));
        assertThat(events.bytes(), is(0L));
    }

    @Test
    void expiryNeedsNoTraffic() {
        RecentEvents events = events(4, Long.MAX_VALUE);
        append(events, 10);
        time.advance(WINDOW);
        events.expire();
        assertThat(events.oldest(), is(11L));
        assertThat(sequences(events, 0, 10), is(new long[] {}));
    }

    @Test
    void theBudgetOverridesWindowAndCapacity() {
        long each = new Entry("e", 1, Instant.EPOCH, 0, TestEvents.eventOf(1000), new NoWireFormat()).heapBytes();
        RecentEvents events = events(1024, 10 * each);
        append(events, 100, TestEvents.eventOf(1000));
        assertThat(events.span(), is(new RecentEvents.Span(91, 100)));
        assertThat(events.bytes(), is(10 * each));
    }

    @Test
    void eventLargerThanTheBudgetIsStillDelivered() {
        RecentEvents events = events(4, 500);
        append(events, 3);
        append(events, 1, TestEvents.eventOf(10_000));
        assertThat(sequences(events, 3, 10), is(new long[] {4}));
        append(events, 1);
        assertThat(events.span(), is(new RecentEvents.Span(5, 5)));
    }

    @Test
    void thePublisherAfterASilenceDoesNotRemoveAllExpiredEvents() {
        RecentEvents events = events(4, Long.MAX_VALUE);
        append(events, 10_000);
        time.advance(WINDOW);
        append(events, 1);
        assertThat(events.oldest(), is(lessThanOrEqualTo(65L)));
        assertThat(events.span(), is(new RecentEvents.Span(10_001, 10_001)));
    }

    @Test
    void theCapacityShrinksAfterAFlood() {
        RecentEvents events = events(4, Long.MAX_VALUE);
        append(events, 1000);
        time.advance(WINDOW);
        append(events, 2);
        events.expire();
        append(events, 3);
        assertThat(sequences(events, 1000, 10), is(new long[] {1001, 1002, 1003, 1004, 1005}));
        assertThat(events.capacity(), is(8));
    }

    @Test
    void theCapacityIsAPowerOfTwo() {
        int expected = 1;
        for (int asked = 1; asked <= 70; asked++) {
            expected = asked > expected ? 2 * expected : expected;
            assertThat("asked for " + asked, events(asked, Long.MAX_VALUE).capacity(), is(expected));
        }
    }

    /** Tests each number of expired events with each number of remaining events. */
    @Test
    void theCapacityIsHalvedWhileThreeQuartersAreEmpty() {
        for (int gone = 0; gone <= 40; gone++) {
            for (int left = 0; left <= 40; left++) {
                RecentEvents events = events(4, Long.MAX_VALUE);
                append(events, gone);
                time.advance(WINDOW.dividedBy(2));
                append(events, left);
                int expected = 4;
                while (expected < gone + left) {
                    expected *= 2;
                }
                assertThat(events.capacity(), is(expected));
                time.advance(WINDOW.dividedBy(2));
                events.expire();
                while (expected > 4 && left * 4 <= expected) {
                    expected /= 2;
                }
                assertThat(gone + " gone, " + left + " left", events.capacity(), is(expected));
                assertThat(
                        sequences(events, gone, 50),
                        is(LongStream.rangeClosed(gone + 1L, gone + left).toArray()));
            }
        }
    }
}
