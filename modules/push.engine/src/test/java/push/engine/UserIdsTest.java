package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.sameInstance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import testing.HeapInUse;

class UserIdsTest {

    private static final int MANY = 50_000;

    private static final Random RANDOM = new Random(1);

    /** Realistic ids, and ids that an attacker might construct. */
    private static final List<LongFunction<UUID>> FAMILIES = List.of(
            n -> new UUID(RANDOM.nextLong(), RANDOM.nextLong()),
            n -> new UUID(n, n),
            n -> new UUID(0, n),
            n -> new UUID(n, 0),
            n -> new UUID(-n, Long.MIN_VALUE + n),
            n -> new UUID(0x0190_0000_0000_7000L + (n << 16), RANDOM.nextLong()),
            n -> ofOneBucket(n));

    /** The first operation of the hash has the same result for all of these ids. */
    private static UUID ofOneBucket(long n) {
        return new UUID(Long.rotateLeft(n, 29), n);
    }

    private static Set<UUID> made(LongFunction<UUID> family, int count) {
        Set<UUID> ids = new HashSet<>();
        LongStream.range(0, count).mapToObj(family).forEach(ids::add);
        return ids;
    }

    @Test
    void containsTheSameIdsAsAHashSet() {
        for (LongFunction<UUID> family : FAMILIES) {
            for (int count : List.of(0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 100, 1000, 5000)) {
                same(made(family, count), family);
            }
        }
    }

    private static void same(Set<UUID> expected, LongFunction<UUID> family) {
        UserIds ids = UserIds.copyOf(expected);
        assertThat(ids.size(), is(expected.size()));
        assertThat(ids.isEmpty(), is(expected.isEmpty()));
        assertThat(ids, is(expected));
        assertThat(expected, is((Set<UUID>) ids));
        assertThat(ids.hashCode(), is(expected.hashCode()));
        assertThat(new HashSet<>(ids), is(expected));
        for (UUID id : made(family, 2 * expected.size() + 10)) {
            for (UUID near : List.of(id, neighbour(id, 1, 0), neighbour(id, 0, 1))) {
                assertThat(ids.contains(near), is(expected.contains(near)));
            }
        }
    }

    private static UUID neighbour(UUID id, int most, int least) {
        return new UUID(id.getMostSignificantBits() + most, id.getLeastSignificantBits() + least);
    }

    @Test
    void aRepeatedIdCountsOnce() {
        for (LongFunction<UUID> family : FAMILIES) {
            Set<UUID> once = made(family, 300);
            List<UUID> often = new ArrayList<>(once);
            often.addAll(once);
            often.addAll(once);
            Collections.shuffle(often, RANDOM);
            assertThat(UserIds.copyOf(often), is(once));
        }
        assertThat(UserIds.copyOf(Collections.nCopies(MANY, TestEvents.USER)), is(Set.of(TestEvents.USER)));
    }

    @Test
    void anObjectOfAnotherTypeIsNotContained() {
        assertThat(UserIds.copyOf(Set.of(TestEvents.USER)).contains((Object) TestEvents.USER.toString()), is(false));
        assertThat(UserIds.NONE.contains(TestEvents.USER), is(false));
    }

    @Test
    void aCopyOfACopyIsTheSameObject() {
        UserIds ids = UserIds.copyOf(Set.of(TestEvents.USER));
        assertThat(UserIds.copyOf(ids), is(sameInstance(ids)));
        assertThat(UserIds.copyOf(Set.of()), is(sameInstance(UserIds.NONE)));
    }

    /**
     * For any ids, a look-up takes no more comparisons than in a sorted list, and the construction does not take long.
     */
    @Test
    void fiftyThousandIdsTakeAtMostAMebibyteAndTheReportedBytes() {
        for (LongFunction<UUID> family : FAMILIES) {
            Set<UUID> ids = made(family, MANY);
            Interest[] interest = new Interest[1];
            long measured = HeapInUse.by(() -> {
                interest[0] = new Interest(ids, Set.of(), 0, 0);
                return interest;
            });
            long reported = interest[0].heapBytes();
            assertThat(reported, is(lessThanOrEqualTo(1L << 20)));
            assertThat(
                    measured,
                    is(allOf(greaterThanOrEqualTo(reported * 9 / 10), lessThanOrEqualTo(reported * 11 / 10))));
            assertThat(interest[0].users(), is(ids));
        }
    }

    @Test
    void aMostlyEmptyArrayIsTrimmed() {
        long[] pairs = new long[2 * MANY];
        pairs[0] = 1;
        UserIds one = UserIds.of(pairs, 1);
        assertThat(one, is(Set.of(new UUID(1, 0))));
        assertThat(one.heapBytes(), is(lessThanOrEqualTo(200L)));
        assertThat(UserIds.of(new long[2], 0), is(sameInstance(UserIds.NONE)));
    }
}
