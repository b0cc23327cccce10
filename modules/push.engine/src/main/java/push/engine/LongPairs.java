package push.engine;

/** Pairs of longs, stored one after another in an array, and ordered by the first and then by the second. */
final class LongPairs {

    private LongPairs() {}

    static int compare(long[] pairs, int pair, long first, long second) {
        int byFirst = Long.compare(pairs[2 * pair], first);
        return byFirst != 0 ? byFirst : Long.compare(pairs[2 * pair + 1], second);
    }

    private static int compare(long[] pairs, int one, int other) {
        return compare(pairs, one, pairs[2 * other], pairs[2 * other + 1]);
    }

    static void swap(long[] pairs, int one, int other) {
        copy(pairs, one, pairs, other, pairs[2 * other], pairs[2 * other + 1]);
    }

    private static void copy(long[] from, int source, long[] to, int target, long first, long second) {
        to[2 * target] = from[2 * source];
        to[2 * target + 1] = from[2 * source + 1];
        from[2 * source] = first;
        from[2 * source + 1] = second;
    }

    /** Heapsort: it needs no extra memory, and no input order makes it slow. */
    static void sort(long[] pairs, int from, int to) {
        int size = to - from;
        for (int parent = size / 2 - 1; parent >= 0; parent--) {
            siftDown(pairs, from, parent, size);
        }
        for (int last = size - 1; last > 0; last--) {
            swap(pairs, from, from + last);
            siftDown(pairs, from, 0, last);
        }
    }

    private static void siftDown(long[] pairs, int from, int start, int size) {
        int parent = start;
        for (int child = 2 * parent + 1; child < size; child = 2 * parent + 1) {
            if (child + 1 < size && compare(pairs, from + child, from + child + 1) < 0) {
                child++;
            }
            if (compare(pairs, from + parent, from + child) >= 0) {
                return;
            }
            swap(pairs, from + parent, from + child);
            parent = child;
        }
    }
}
