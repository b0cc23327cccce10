package push.engine;

import java.util.Arrays;

/**
 * Counts the invalidations between two sequences, even if they are gone. This separates client events from
 * invalidations among the events that a reader lost.
 *
 * <p>The sequences are sorted in a circular array. Above the limit the oldest are forgotten, and counts over them are
 * then too low. Not thread-safe.
 */
final class InvalidationIndex {

    private static final int FIRST_CAPACITY = 16;

    private final int limit;
    private long[] sequences = new long[FIRST_CAPACITY];
    private long first; // the ordinal of the oldest known one
    private long next; // the ordinal of the next one

    /** @param limit the maximum number of known sequences; a power of two, at least 16 */
    InvalidationIndex(int limit) {
        this.limit = limit;
    }

    /** @param sequence the sequence of an invalidation, higher than all previous ones */
    void add(long sequence) {
        if (next - first == sequences.length) {
            makeRoom();
        }
        sequences[slot(next)] = sequence;
        next++;
    }

    private void makeRoom() {
        if (sequences.length == limit) {
            first++;
            return;
        }
        sequences = Arrays.copyOf(sequences, sequences.length << 1); // none is forgotten yet, so each keeps its slot
    }

    /** Returns how many invalidations after {@code from}, up to {@code to}, are known. */
    long count(long from, long to) {
        return to <= from ? 0 : ordinalAfter(to) - ordinalAfter(from);
    }

    /** Returns true if there may have been an invalidation after {@code from}, up to {@code to}, known or forgotten. */
    boolean mayHave(long from, long to) {
        boolean forgotten = first > 0 && from < sequences[slot(first)];
        return to > from && (forgotten || count(from, to) > 0);
    }

    /** Returns the ordinal of the first invalidation after {@code sequence}. */
    private long ordinalAfter(long sequence) {
        long low = first;
        long high = next;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (sequences[slot(middle)] <= sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int slot(long ordinal) {
        return (int) ordinal & (sequences.length - 1);
    }
}
