package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvalidationIndexTest {

    private static final int MOST = 42;

    /** Sequences with neighbours and holes. */
    private static long sequence(int ordinal) {
        return 2L * ordinal + ordinal % 2;
    }

    private static long between(List<Long> sequences, long from, long to) {
        long count = 0;
        for (long n : sequences) {
            count += from < n && n <= to ? 1 : 0;
        }
        return count;
    }

    private static void sameAs(List<Long> all, int limit, InvalidationIndex index) {
        List<Long> known = all.subList(Math.max(0, all.size() - limit), all.size());
        boolean forgets = all.size() > limit;
        long beyond = sequence(MOST) + 2;
        for (long from = 0; from <= beyond; from++) {
            List<String> expected = new ArrayList<>();
            List<String> actual = new ArrayList<>();
            for (long to = 0; to <= beyond; to++) {
                long count = between(known, from, to);
                // The index knows its first sequence, but not the last one before it.
                boolean inDoubt = forgets && from < known.getFirst() && from < to;
                expected.add(to + ": " + count + " " + (count > 0 || inDoubt));
                actual.add(to + ": " + index.count(from, to) + " " + index.mayHave(from, to));
            }
            assertThat(all.size() + " after " + from, actual, is(expected));
        }
    }

    @Test
    void countsLikeAListEvenWhenTheOldestAreForgotten() {
        for (int limit = 16; limit <= 32; limit <<= 1) {
            InvalidationIndex index = new InvalidationIndex(limit);
            List<Long> all = new ArrayList<>();
            sameAs(all, limit, index);
            for (int ordinal = 1; ordinal <= MOST; ordinal++) {
                index.add(sequence(ordinal));
                all.add(sequence(ordinal));
                sameAs(all, limit, index);
            }
        }
    }

    @Test
    void forgottenSequencesMayHaveBeenInvalidations() {
        InvalidationIndex index = new InvalidationIndex(16);
        for (long sequence = 100; sequence <= 1600; sequence += 100) {
            index.add(sequence);
        }
        assertThat(index.mayHave(1, 99), is(false));
        index.add(1700);
        assertThat(index.mayHave(1, 99), is(true));
        assertThat(index.mayHave(199, 200), is(true));
        assertThat(index.mayHave(200, 299), is(false));
        assertThat(index.mayHave(99, 99), is(false));
    }

    @Test
    void manyAreKnownBelowTheLimit() {
        InvalidationIndex index = new InvalidationIndex(1 << 18);
        long last = 200_000;
        for (long sequence = 1; sequence <= last; sequence++) {
            index.add(sequence * 10);
        }
        assertThat(index.count(0, last * 10), is(last));
        assertThat(index.count(10, last * 10 - 1), is(last - 2));
        assertThat(index.mayHave(0, 9), is(false));
    }
}
