package push.engine;

import java.util.Arrays;

/**
 * How many invalidations there were between two sequences, also when they are gone: it tells client
 * events from invalidations among what a reader lost.
 *
 * <p>Sorted sequences in a circle. Beyond the limit it forgets the oldest, and counts too few from
 * then on. Not safe for several threads.
 */
final class InvalidationCensus {

    private static final int FIRST_CAPACITY = 16;

    private final int limit;
    private long[] sequences = new long[FIRST_CAPACITY];
    private long first; // the ordinal of the oldest that is known
    private long next; // the ordinal of the next one

    /** @param limit how many are known at most; a power of two, from 16 on */
    InvalidationCensus(int limit) {
        this.limit = limit;
    }

    /** @param sequence higher than all before */
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

    /** How many invalidations are known after {@code from}, up to {@code to}. */
    long count(long from, long to) {
        return to <= from ? 0 : ordinalAfter(to) - ordinalAfter(from);
    }

    /** Whether there may have been one after {@code from}, up to {@code to}, known or forgotten. */
    boolean mayHave(long from, long to) {
        boolean forgotten = first > 0 && from < sequences[slot(first)];
        return to > from && (forgotten || count(from, to) > 0);
    }

    /** The ordinal of the first one after that sequence. */
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
