package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import push.api.SessionInvalidation;
import testing.HeapInUse;

class InvalidationLaneTest {

    private static final Duration RETENTION = Duration.ofHours(1);
    private static final UUID ONE = new UUID(1, 1);
    private static final UUID TWO = new UUID(2, 2);
    private static final UUID SESSION = new UUID(9, 9);
    private static final Interest ONLY_ONE = new Interest(Set.of(ONE), Set.of(), 0, 0);
    private static final int KEYS = 3;
    private static final int LENGTH = 5;

    private static SessionInvalidation ofKey(int key) {
        return switch (key) {
            case 0 -> TestEvents.invalidation(ONE, null);
            case 1 -> TestEvents.invalidation(ONE, SESSION);
            default -> TestEvents.invalidation(TWO, SESSION);
        };
    }

    private static Entry entry(long sequence, SessionInvalidation event, long at) {
        return new Entry("e", sequence, Instant.EPOCH, at, event, new NoWireFormat());
    }

    private static Entry entry(long sequence, @Nullable UUID session, Duration at) {
        return entry(sequence, TestEvents.invalidation(ONE, session), at.toNanos());
    }

    private static List<Long> read(InvalidationLane lane, long from, long to, Interest interest, int room) {
        Delivery[] into = new Delivery[room];
        Scan scan = new Scan(interest, Long.MAX_VALUE);
        scan.start(from, into);
        boolean all = lane.read(scan, to);
        assertThat("there is no more", all && lane.has(scan.position(), to, interest), is(false));
        return Arrays.asList(into).subList(0, scan.size()).stream()
                .map(delivery -> ((Entry) delivery).sequence())
                .toList();
    }

    private static List<Long> all(InvalidationLane lane) {
        return read(lane, 0, Long.MAX_VALUE, Interest.ALL, 100);
    }

    /** A naive implementation with lists. */
    private static final class Naive {

        final int maxEntries;
        final List<Entry> all = new ArrayList<>();
        final List<Entry> kept = new ArrayList<>();
        long lostThrough;

        Naive(int maxEntries) {
            this.maxEntries = maxEntries;
        }

        void add(Entry entry) {
            all.add(entry);
            kept.removeIf(k -> k.userId().equals(entry.userId()) && Objects.equals(k.session(), entry.session()));
            kept.add(entry);
            if (kept.size() > maxEntries) {
                lostThrough = kept.removeFirst().sequence();
            }
        }

        static List<Long> between(List<Entry> entries, long from, long to, Interest interest) {
            return entries.stream()
                    .filter(e -> from < e.sequence() && e.sequence() <= to && interest.matches(e))
                    .map(Entry::sequence)
                    .toList();
        }
    }

    @Test
    void keepsTheLastInvalidationOfEachUserAndSession() {
        for (int maxEntries = 1; maxEntries <= KEYS; maxEntries++) {
            for (int length = 0; length <= LENGTH; length++) {
                for (int program = 0; program < Math.pow(KEYS, length); program++) {
                    InvalidationLane lane = new InvalidationLane(RETENTION, maxEntries, Long.MAX_VALUE);
                    Naive naive = new Naive(maxEntries);
                    int keys = program;
                    for (int i = 1; i <= length; i++, keys /= KEYS) {
                        Entry entry = entry(2L * i, ofKey(keys % KEYS), 0); // client events in between
                        lane.add(entry);
                        naive.add(entry);
                    }
                    same(lane, naive);
                }
            }
        }
    }

    private static void same(InvalidationLane lane, Naive naive) {
        assertThat(lane.size(), is(naive.kept.size()));
        assertThat(
                lane.oldest(),
                naive.kept.isEmpty() ? nullValue() : is(naive.kept.getFirst().sequence()));
        assertThat(lane.lostThrough(), is(naive.lostThrough));
        for (long from = 0; from <= 2 * LENGTH + 1; from++) {
            for (long to = 0; to <= 2 * LENGTH + 1; to++) {
                sameBetween(from, to, lane, naive);
            }
        }
    }

    private static void sameBetween(long from, long to, InvalidationLane lane, Naive naive) {
        for (Interest interest : List.of(Interest.ALL, ONLY_ONE)) {
            List<Long> expected = Naive.between(naive.kept, from, to, interest);
            assertThat(read(lane, from, to, interest, KEYS), is(expected));
            assertThat(lane.has(from, to, interest), is(!expected.isEmpty()));
            assertThat(lane.count(from, to, interest), is((long) expected.size()));
        }
        long published = Naive.between(naive.all, from, to, Interest.ALL).size();
        assertThat(lane.published(from, to), is(published));
        List<Long> inDoubt = Naive.between(naive.all, from, Math.min(to, naive.lostThrough), Interest.ALL);
        assertThat(lane.hasLost(from, to), is(!inDoubt.isEmpty()));
    }

    @Test
    void everySessionOfAUserIsAKey() {
        InvalidationLane lane = new InvalidationLane(RETENTION, 10, Long.MAX_VALUE);
        lane.add(entry(1, SESSION, Duration.ZERO));
        lane.add(entry(2, null, Duration.ZERO));
        assertThat(all(lane), is(List.of(1L, 2L)));
        lane.add(entry(3, SESSION, Duration.ZERO));
        assertThat(all(lane), is(List.of(2L, 3L)));
        lane.add(entry(4, null, Duration.ZERO));
        assertThat(all(lane), is(List.of(3L, 4L)));
        assertThat(lane.lostThrough(), is(0L));
    }

    @Test
    void anInvalidationIsRetainedForItsRetentionAndNoLonger() {
        InvalidationLane lane = new InvalidationLane(RETENTION, 10, Long.MAX_VALUE);
        lane.add(entry(1, new UUID(9, 1), Duration.ZERO));
        lane.add(entry(2, new UUID(9, 2), Duration.ZERO));
        lane.add(entry(3, new UUID(9, 3), Duration.ofNanos(1)));
        lane.expire(RETENTION.toNanos() - 1);
        assertThat(all(lane), is(List.of(1L, 2L, 3L)));
        assertThat(lane.hasLost(0, 3), is(false));
        lane.expire(RETENTION.toNanos());
        assertThat(all(lane), is(List.of(3L)));
        assertThat(lane.lostThrough(), is(2L));
        assertThat(lane.hasLost(0, 3), is(true));
        assertThat(lane.hasLost(2, 3), is(false));
        lane.expire(RETENTION.toNanos() + 1);
        assertThat(lane.size(), is(0));
        assertThat(lane.oldest(), is(nullValue()));
        assertThat(lane.lostThrough(), is(3L));
        lane.expire(2 * RETENTION.toNanos());
        assertThat(lane.published(0, 3), is(3L));
    }

    @Test
    void aLaterInvalidationOfTheSameSessionStartsItsOwnRetention() {
        InvalidationLane lane = new InvalidationLane(RETENTION, 10, Long.MAX_VALUE);
        lane.add(entry(1, SESSION, Duration.ZERO));
        lane.add(entry(2, SESSION, Duration.ofMinutes(1)));
        lane.expire(RETENTION.toNanos());
        assertThat(all(lane), is(List.of(2L)));
        assertThat(lane.lostThrough(), is(0L));
    }

    @Test
    void aDroppedInvalidationMakesRoomForItsSessionAgain() {
        InvalidationLane lane = new InvalidationLane(RETENTION, 1, Long.MAX_VALUE);
        lane.add(entry(1, SESSION, Duration.ZERO));
        lane.add(entry(2, null, Duration.ZERO));
        lane.add(entry(3, SESSION, Duration.ZERO));
        assertThat(all(lane), is(List.of(3L)));
        assertThat(lane.size(), is(1));
        assertThat(lane.lostThrough(), is(2L));
    }

    @Test
    void isReadInBatchesOfAnySize() {
        InvalidationLane lane = new InvalidationLane(RETENTION, 100, Long.MAX_VALUE);
        for (long sequence = 1; sequence <= 10; sequence++) {
            UUID user = sequence % 3 == 0 ? TWO : ONE;
            lane.add(entry(sequence, TestEvents.invalidation(user, new UUID(9, sequence)), 0));
        }
        List<Long> expected = List.of(1L, 2L, 4L, 5L, 7L, 8L, 10L);
        for (int room = 0; room <= expected.size() + 1; room++) {
            for (int from = 0; from <= 10; from++) {
                int after = from;
                assertThat(
                        read(lane, from, 10, ONLY_ONE, room),
                        is(expected.stream().filter(n -> n > after).limit(room).toList()));
            }
        }
    }

    private static Entry withReason(long sequence, long session, String reason) {
        return entry(sequence, new SessionInvalidation(ONE, new UUID(9, session), reason, ""), 0);
    }

    private static long weightOf(Entry entry) {
        InvalidationLane lane = new InvalidationLane(RETENTION, 1, Long.MAX_VALUE);
        lane.add(entry);
        return lane.bytes();
    }

    @Test
    void theOldestAreDroppedAndReportedAtTheLimitOfBytes() {
        long each = weightOf(withReason(1, 1, "r".repeat(1000)));
        InvalidationLane lane = new InvalidationLane(RETENTION, 100, 3 * each + each - 1);
        for (long sequence = 1; sequence <= 3; sequence++) {
            lane.add(withReason(sequence, sequence, "r".repeat(1000)));
        }
        assertThat(all(lane), is(List.of(1L, 2L, 3L)));
        assertThat(lane.bytes(), is(3 * each));
        assertThat(lane.hasLost(0, 3), is(false));
        lane.add(withReason(4, 4, "r".repeat(1000)));
        assertThat(all(lane), is(List.of(2L, 3L, 4L)));
        assertThat(lane.lostThrough(), is(1L));
        assertThat(lane.hasLost(0, 4), is(true));
        assertThat(lane.hasLost(1, 4), is(false));
        lane.add(withReason(5, 5, "r".repeat(3000)));
        assertThat("a larger one replaces two", all(lane), is(List.of(4L, 5L)));
        assertThat(lane.lostThrough(), is(3L));
    }

    @Test
    void theNewestIsKeptWhateverItsSize() {
        InvalidationLane lane = new InvalidationLane(RETENTION, 100, 1);
        lane.add(withReason(1, 1, ""));
        assertThat(all(lane), is(List.of(1L)));
        assertThat(lane.lostThrough(), is(0L));
        lane.add(withReason(2, 2, "r".repeat(5000)));
        assertThat(all(lane), is(List.of(2L)));
        assertThat(lane.lostThrough(), is(1L));
    }

    @Test
    void aRemovedInvalidationNoLongerCounts() {
        Entry light = withReason(1, 1, "");
        Entry heavy = withReason(2, 1, "r".repeat(3000));
        InvalidationLane lane = new InvalidationLane(RETENTION, 2, Long.MAX_VALUE);
        lane.add(light);
        lane.add(heavy); // replaces the first
        assertThat(lane.bytes(), is(weightOf(heavy)));
        lane.add(withReason(2, 2, "")); // with the sequence of an event whose append failed
        assertThat(lane.bytes(), is(weightOf(light)));
        lane.add(withReason(3, 3, ""));
        lane.add(withReason(4, 4, "")); // one more than the maximum
        assertThat(lane.bytes(), is(2 * weightOf(light)));
        lane.expire(RETENTION.toNanos());
        assertThat(lane.bytes(), is(0L));
        assertThat(lane.size(), is(0));
    }

    /** The reasons include the longest that the HTTP API allows. */
    @Test
    void theReportedBytesMatchTheHeap() {
        long budget = 8 << 20;
        for (String reason : List.of("", "x".repeat(1024), "😀".repeat(1024))) {
            InvalidationLane[] lane = new InvalidationLane[1];
            long measured = HeapInUse.by(() -> {
                lane[0] = new InvalidationLane(RETENTION, 1 << 16, budget);
                for (int n = 1; n <= 40_000; n++) {
                    String own = reason.isEmpty() ? "" : reason.substring(2) + n % 10;
                    String eventId = new UUID(n, n).toString();
                    lane[0].add(entry(n, new SessionInvalidation(new UUID(n, 1), new UUID(9, n), own, eventId), 0));
                }
                return lane;
            });
            long census = 8L << 16; // the index grows by doubling
            assertThat(lane[0].bytes(), is(allOf(greaterThan(budget - 6000), lessThanOrEqualTo(budget))));
            assertThat(measured, is(allOf(greaterThan(budget * 3 / 4), lessThan(budget + census))));
        }
    }

    /**
     * In a hash table with unordered buckets this would take eight hundred million comparisons while publishers wait.
     */
    @Test
    @Timeout(20)
    void usersWithTheSameHashAreDistinguishedQuickly() {
        InvalidationLane lane = new InvalidationLane(RETENTION, 1 << 16, Long.MAX_VALUE);
        for (int round = 0; round < 2; round++) {
            for (int n = 1; n <= 40_000; n++) {
                lane.add(entry(40_000L * round + n, TestEvents.invalidation(new UUID(n, n), null), 0));
            }
        }
        assertThat(lane.size(), is(40_000));
    }

    /** An event whose append fails after it was added to the lane leaves its sequence to the next event. */
    @Test
    void anInvalidationWithAReusedSequenceIsKept() {
        InvalidationLane lane = new InvalidationLane(RETENTION, 100, Long.MAX_VALUE);
        lane.add(entry(1, ofKey(0), 0)); // failed afterwards
        lane.add(entry(1, ofKey(2), 0));
        lane.add(entry(2, ofKey(0), 0));
        assertThat(all(lane), is(List.of(1L, 2L)));
    }
}
