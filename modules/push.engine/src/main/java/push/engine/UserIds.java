package push.engine;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * An immutable set of user ids. An id takes 16 bytes, and about one byte more for the index.
 *
 * <p>The ids are sorted within buckets of about four. A hash selects the bucket. The hash is not secret, so a peer can
 * choose ids of a single bucket; a lookup in such a bucket takes no more steps than in a sorted list.
 */
public final class UserIds extends AbstractSet<UUID> {

    /** The empty set. */
    public static final UserIds NONE = new UserIds(new long[0], new int[2], Long.SIZE - 1);

    private static final int IDS_IN_A_BUCKET = 4;
    private static final int OBJECT_BYTES = 32;

    /** Two longs for each id, in the order of the buckets; there may be unused room at the end. */
    private final long[] pairs;

    /** The ids of bucket {@code b} are those from {@code starts[b]} to just before {@code starts[b + 1]}. */
    private final int[] starts;

    private final int shift;

    private UserIds(long[] pairs, int[] starts, int shift) {
        this.pairs = pairs;
        this.starts = starts;
        this.shift = shift;
    }

    /** Returns a set with the ids of a collection. */
    public static UserIds copyOf(Collection<UUID> ids) {
        if (ids instanceof UserIds same) {
            return same;
        }
        long[] pairs = new long[2 * ids.size()];
        int size = 0;
        for (UUID id : ids) {
            pairs[2 * size] = id.getMostSignificantBits();
            pairs[2 * size + 1] = id.getLeastSignificantBits();
            size++;
        }
        return of(pairs, size);
    }

    /**
     * Returns a set with the ids of an array. The set takes the array over, so the caller must not use it afterwards.
     *
     * @param pairs the most and the least significant bits of each id; duplicates are allowed. If a large part of the
     *     array is unused, the set copies the ids to a smaller array
     * @param size the number of ids in the array
     */
    public static UserIds of(long[] pairs, int size) {
        if (size == 0) {
            return NONE;
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(size / IDS_IN_A_BUCKET);
        int shift = Long.SIZE - 1 - bits;
        int[] starts = new int[(1 << bits) + 1];
        distribute(pairs, size, starts, shift);
        int distinct = sortEach(pairs, starts);
        boolean wasteful = 2 * distinct < pairs.length - pairs.length / 8;
        return new UserIds(wasteful ? Arrays.copyOf(pairs, 2 * distinct) : pairs, starts, shift);
    }

    /** Moves each id into its bucket, without a second array for the ids. */
    private static void distribute(long[] pairs, int size, int[] starts, int shift) {
        for (int i = 0; i < size; i++) {
            starts[bucket(pairs, i, shift) + 1]++;
        }
        for (int bucket = 1; bucket < starts.length; bucket++) {
            starts[bucket] += starts[bucket - 1];
        }
        int[] next = starts.clone();
        for (int bucket = 0; bucket < starts.length - 1; bucket++) {
            while (next[bucket] < starts[bucket + 1]) {
                int home = bucket(pairs, next[bucket], shift);
                if (home != bucket) {
                    LongPairs.swap(pairs, next[bucket], next[home]);
                }
                next[home]++;
            }
        }
    }

    /** Sorts each bucket, drops duplicates, and returns the number of ids that are left. */
    private static int sortEach(long[] pairs, int[] starts) {
        int kept = 0;
        int from = 0;
        for (int bucket = 0; bucket < starts.length - 1; bucket++) {
            int to = starts[bucket + 1];
            LongPairs.sort(pairs, from, to);
            starts[bucket] = kept;
            for (int i = from; i < to; i++) {
                long most = pairs[2 * i];
                long least = pairs[2 * i + 1];
                if (kept == starts[bucket] || LongPairs.compare(pairs, kept - 1, most, least) != 0) {
                    pairs[2 * kept] = most;
                    pairs[2 * kept + 1] = least;
                    kept++;
                }
            }
            from = to;
        }
        starts[starts.length - 1] = kept;
        return kept;
    }

    private static int bucket(long[] pairs, int id, int shift) {
        return bucket(pairs[2 * id], pairs[2 * id + 1], shift);
    }

    private static int bucket(long most, long least, int shift) {
        long mixed = (most ^ Long.rotateLeft(least, 29)) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32) ^ least) * 0xD6E8FEB86659FD93L;
        return (int) ((mixed >>> 1) >>> shift); // in two shifts, because a shift by 64 has no effect
    }

    @Override
    public boolean contains(Object other) {
        return other instanceof UUID id && contains(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /** Returns true if the id with these bits is in the set. */
    boolean contains(long most, long least) {
        int bucket = bucket(most, least, shift);
        int low = starts[bucket];
        int high = starts[bucket + 1] - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = LongPairs.compare(pairs, middle, most, least);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /** Returns how much the set occupies on the heap, in bytes. */
    long heapBytes() {
        return OBJECT_BYTES
                + HeapSize.ofArray((long) pairs.length * Long.BYTES)
                + HeapSize.ofArray((long) starts.length * Integer.BYTES);
    }

    @Override
    public int size() {
        return starts[starts.length - 1];
    }

    @Override
    public Iterator<UUID> iterator() {
        return IntStream.range(0, size())
                .mapToObj(i -> new UUID(pairs[2 * i], pairs[2 * i + 1]))
                .iterator();
    }
}
