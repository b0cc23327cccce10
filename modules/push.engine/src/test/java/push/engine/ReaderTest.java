package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import push.api.Event;

/** The single steps of a reader, including orders that otherwise only racing threads cause. */
class ReaderTest {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final UUID OTHER = new UUID(1, 1);
    private static final Event CLIENT = TestEvents.event("");
    private static final Event FOR_OTHER = TestEvents.event(OTHER, "test");
    private static final Interest ONLY_USER = new Interest(Set.of(TestEvents.USER), Set.of(), 0, 0);

    private final FakeRuntime time = new FakeRuntime();
    private final EventStore store = new EventStore(
            "e",
            0,
            true,
            new RetentionConfig(WINDOW, 4, Long.MAX_VALUE, Duration.ofHours(1), 2, Long.MAX_VALUE),
            new NoWireFormat(),
            time);
    private final List<String> losses = new ArrayList<>();

    private Reader reader(Interest interest, int buffer, TestRequest request) throws SubscriptionRefused {
        Opening opening = Opening.decide(request.only(interest).asked(), store);
        return new Reader(
                store,
                interest,
                new LagPolicy(buffer),
                256 << 10,
                opening,
                (n, first) -> losses.add(n + (first ? " first" : "")));
    }

    private Reader reader(Interest interest) throws SubscriptionRefused {
        return reader(interest, 0, TestRequest.of("g"));
    }

    private void append(int count, Event event) {
        for (int i = 0; i < count; i++) {
            store.append(store.recent().head() + 1, Instant.EPOCH, Duration.ZERO, event);
        }
    }

    private void expire() {
        time.advance(WINDOW);
        store.expire();
    }

    private static List<Long> read(Reader reader, int room) {
        Delivery[] into = new Delivery[room];
        int n = reader.read(into);
        return Arrays.asList(into).subList(0, n).stream()
                .map(delivery -> ((Entry) delivery).sequence())
                .toList();
    }

    private static int reading(Reader reader) {
        return reader.read(new Delivery[9]);
    }

    @Test
    void aReaderLappedDuringAReadHasAGapFirst() throws Exception {
        Reader reader = reader(Interest.ALL);
        append(2, CLIENT);
        expire();
        append(1, CLIENT);
        assertThat(reading(reader), is(Reader.GAP_FIRST));
        assertThat(losses, is(List.of()));
        Notice.Gap gap = reader.gap();
        assertThat(gap == null ? -1 : gap.missed(), is(2L));
        assertThat(losses, is(List.of("2 first")));
        assertThat(read(reader, 9), is(List.of(3L)));
        assertThat(reading(reader), is(0));
    }

    /** The reader is slower than the log is overwritten as long as it lags. */
    @Test
    void aReaderLappedAgainAndAgainHasOneEpisode() throws Exception {
        Reader reader = reader(Interest.ALL);
        for (int lap = 1; lap <= 3; lap++) {
            append(2, CLIENT);
            expire();
            append(1, CLIENT);
            assertThat(reading(reader), is(Reader.GAP_FIRST)); // the reader detects the loss by itself
            assertThat("the reader has not caught up", lap == 1 || reader.isLosing(), is(true));
            assertThat(reader.gap() == null, is(false));
        }
        assertThat(losses, is(List.of("2 first", "3", "3")));
        assertThat(read(reader, 9), is(List.of(9L)));
        assertThat(reading(reader), is(0));
        assertThat("the reader has caught up", reader.isLosing(), is(false));
    }

    @Test
    void aReaderWhoseLastEventIsGoneHasCaughtUp() throws Exception {
        Reader reader = reader(Interest.ALL);
        append(2, CLIENT);
        assertThat(read(reader, 9), is(List.of(1L, 2L)));
        expire();
        assertThat(reading(reader), is(0));
        assertThat(reader.gap(), is(nullValue()));
        assertThat(losses, is(List.of()));
    }

    @Test
    void aReaderDoesNotReadPastAnUnreportedLoss() throws Exception {
        Reader reader = reader(Interest.ALL);
        append(2, CLIENT);
        expire();
        append(1, CLIENT);
        reader.detectLoss();
        assertThat(reading(reader), is(Reader.GAP_FIRST));
        assertThat(reader.cursor(), is(store.cursor(0)));
    }

    @Test
    void anInvalidationDroppedDuringTheReplayIsReportedFirst() throws Exception {
        Reader reader = reader(Interest.ALL);
        append(1, CLIENT);
        append(1, TestEvents.invalidation(OTHER, new UUID(9, 1)));
        append(1, TestEvents.invalidation(OTHER, new UUID(9, 2)));
        expire();
        Notice.Gap gap = reader.gap();
        assertThat(gap == null || gap.invalidationsMissed(), is(false));
        append(1, TestEvents.invalidation(OTHER, new UUID(9, 3))); // drops the previous one
        assertThat(reading(reader), is(Reader.GAP_FIRST));
        Notice.Gap late = reader.gap();
        assertThat(late != null && late.invalidationsMissed(), is(true));
        assertThat(reader.gap(), is(nullValue()));
        assertThat(read(reader, 9), is(List.of(3L)));
        assertThat(read(reader, 9), is(List.of(4L)));
    }

    @Test
    void anEpisodeLastsUntilTheReaderHasCaughtUp() throws Exception {
        Reader reader = reader(Interest.ALL, 2, TestRequest.of("g"));
        assertThat(reader.isLosing(), is(false));
        append(3, CLIENT);
        reader.detectLoss();
        reader.detectLoss();
        append(2, CLIENT);
        reader.detectLoss();
        assertThat(losses, is(List.of("1 first", "2")));
        assertThat(reader.isLosing(), is(true));
        assertThat(reader.gap() == null, is(false));
        assertThat(read(reader, 9), is(List.of(4L, 5L)));
        assertThat("the reader may not have caught up", reader.isLosing(), is(true));
        assertThat(reading(reader), is(0));
        assertThat(reader.isLosing(), is(false));
        append(3, CLIENT);
        reader.detectLoss();
        assertThat(losses, is(List.of("1 first", "2", "1 first")));
    }

    @Test
    void losingOtherUsersEventsIsNotALoss() throws Exception {
        Reader reader = reader(ONLY_USER);
        append(2, FOR_OTHER);
        expire();
        reader.detectLoss();
        assertThat(reader.isLosing(), is(false));
        assertThat(losses, is(List.of()));
        assertThat(reader.gap(), is(nullValue()));
        assertThat(reader.cursor(), is(store.cursor(2)));
    }

    @Test
    void theLagCountsTheEventsStillToTakeOrPass() throws Exception {
        append(3, CLIENT);
        Reader reader = reader(Interest.ALL, 0, TestRequest.of("g").from("e-1"));
        assertThat(reader.lag(), is(2L));
        append(2, FOR_OTHER);
        assertThat(reader.lag(), is(4L));
        read(reader, 3);
        assertThat(reader.lag(), is(1L));
        read(reader, 3);
        assertThat(reader.lag(), is(0L));
    }

    @Test
    void replaysUntilItHasTakenTheEventsFromBeforeTheOpening() throws Exception {
        append(3, CLIENT);
        Reader reader = reader(Interest.ALL, 0, TestRequest.of("g").from("e-1"));
        append(2, CLIENT);
        for (long sequence = 2; sequence <= 5; sequence++) {
            assertThat("before " + sequence, reader.isReplaying(), is(sequence <= 3));
            assertThat(read(reader, 1), is(List.of(sequence)));
        }
        assertThat(reader(Interest.ALL).isReplaying(), is(false));
    }

    /** Tests each choice of matching events among four, and each start. */
    @Test
    void theCountedReplayIsTheDeliveredOne() throws Exception {
        for (int pattern = 0; pattern < 1 << 4; pattern++) {
            long before = store.recent().head();
            for (int i = 0; i < 4; i++) {
                append(1, (pattern >> i & 1) == 1 ? CLIENT : FOR_OTHER);
            }
            for (int from = 0; from <= 4; from++) {
                TestRequest request = TestRequest.of("g").from("e-" + (before + from));
                assertThat(reader(ONLY_USER, 0, request).toReplay(), is((long) Integer.bitCount(pattern >> from)));
                assertThat(reader(Interest.ALL, 0, request).toReplay(), is(4L - from));
            }
        }
    }

    @Test
    void theReplayCountIncludesRetainedInvalidations() throws Exception {
        append(1, TestEvents.invalidation(OTHER, null));
        append(1, TestEvents.invalidation(TestEvents.USER, null));
        expire();
        append(3, CLIENT);
        TestRequest earliest = TestRequest.of("g").earliest();
        assertThat(reader(Interest.ALL, 0, earliest).toReplay(), is(5L));
        assertThat(reader(ONLY_USER, 0, earliest).toReplay(), is(4L));
    }

    @Test
    void thereAreNewsIfAReadWouldReturnAnEvent() throws Exception {
        Reader all = reader(Interest.ALL);
        Reader filtered = reader(ONLY_USER);
        assertThat(all.hasNews(), is(false));
        assertThat(filtered.hasNews(), is(false));
        append(1, FOR_OTHER);
        assertThat(all.hasNews(), is(true));
        assertThat(filtered.hasNews(), is(false));
        assertThat("passed over", filtered.cursor(), is(store.cursor(1)));
        append(1, CLIENT);
        assertThat(filtered.hasNews(), is(true));
        assertThat("not taken", filtered.cursor(), is(store.cursor(1)));
        assertThat(read(filtered, 9), is(List.of(2L)));
        assertThat(filtered.hasNews(), is(false));
    }

    @Test
    void manyEventsOfOtherUsersArePassedInSteps() throws Exception {
        Reader reader = reader(ONLY_USER);
        append(10_000, FOR_OTHER);
        assertThat("there may be more", reader.hasNews(), is(true));
        assertThat(reading(reader), is(0));
        assertThat("the reader can detect its end in between", reader.cursor(), is(store.cursor(8_192)));
        assertThat("the remaining events are passed here", reader.hasNews(), is(false));
        assertThat(reader.cursor(), is(store.cursor(10_000)));
        append(5_000, FOR_OTHER);
        append(1, CLIENT);
        assertThat(reading(reader), is(0));
        assertThat(read(reader, 9), is(List.of(15_001L)));
    }

    @Test
    void aLossIsNewsUntilItIsReportedAndItsInvalidationsAreTaken() throws Exception {
        for (Interest interest : List.of(Interest.ALL, ONLY_USER)) {
            Reader reader = reader(interest);
            append(1, CLIENT);
            append(1, TestEvents.invalidation(TestEvents.USER, null));
            expire();
            reader.detectLoss();
            assertThat(reader.hasNews(), is(true));
            assertThat(reader.gap() == null, is(false));
            assertThat(reader.hasNews(), is(true));
            assertThat(read(reader, 9).size(), is(1));
            assertThat(reader.hasNews(), is(false));
        }
    }

    @Test
    void aLappedReaderWithAnInterestHasNews() throws Exception {
        Reader reader = reader(ONLY_USER);
        append(1, CLIENT);
        expire();
        assertThat(reader.hasNews(), is(true));
        append(1, FOR_OTHER);
        assertThat(reader.hasNews(), is(true));
    }

    @Test
    void retainedInvalidationsAreReadInBatchesBeforeRecentEvents() throws Exception {
        append(1, CLIENT);
        append(1, TestEvents.invalidation(OTHER, new UUID(9, 1)));
        append(1, TestEvents.invalidation(OTHER, new UUID(9, 2)));
        append(1, CLIENT);
        expire();
        append(2, CLIENT);
        for (int room = 1; room <= 4; room++) {
            Reader reader = reader(Interest.ALL, 0, TestRequest.of("g").earliest());
            List<Long> all = new ArrayList<>();
            for (List<Long> batch = read(reader, room); !batch.isEmpty(); batch = read(reader, room)) {
                all.addAll(batch);
            }
            assertThat(all, is(List.of(2L, 3L, 5L, 6L)));
        }
    }
}
