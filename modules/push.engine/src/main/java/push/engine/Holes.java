package push.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Ranges of sequences whose events this hub never received, because the log lost them first.
 *
 * <p>One thread at a time adds and removes; any number of threads read meanwhile.
 */
final class Holes {

    /** How many ranges are kept for readers that have fallen behind the recent events. */
    private static final int KEPT = 1024;

    /** The last sequence of each range, by the sequence before its first. */
    private final ConcurrentSkipListMap<Long, Long> ends = new ConcurrentSkipListMap<>();

    /** Adds the range after {@code from}, up to {@code to}, which is after all previous ones. */
    void add(long from, long to) {
        Map.Entry<Long, Long> last = ends.lastEntry();
        ends.put(last != null && last.getValue() == from ? last.getKey() : from, to);
    }

    /** Removes ranges that end before {@code sequence}, except the last few. */
    void forgetBefore(long sequence) {
        while (ends.size() > KEPT && ends.firstEntry().getValue() < sequence) {
            ends.pollFirstEntry();
        }
    }

    /** Removes the oldest ranges beyond a fixed number; returns the last sequence removed, or 0 if there is none. */
    long forgetOldest() {
        long through = 0;
        while (ends.size() > KEPT) {
            through = ends.pollFirstEntry().getValue();
        }
        return through;
    }

    /** Returns the last sequence of the range that {@code position + 1} is in; {@code position} if there is none. */
    long endAfter(long position) {
        if (ends.isEmpty()) {
            return position;
        }
        Map.Entry<Long, Long> range = ends.floorEntry(position);
        return range == null ? position : Math.max(position, range.getValue());
    }

    /** Returns how many sequences after {@code from}, up to {@code to}, are in a range. */
    long count(long from, long to) {
        if (ends.isEmpty()) {
            return 0;
        }
        Long first = ends.floorKey(from);
        return ends.subMap(first == null ? from : first, true, Math.max(from, to), true).entrySet().stream()
                .mapToLong(range -> Math.max(0, Math.min(range.getValue(), to) - Math.max(range.getKey(), from)))
                .sum();
    }
}
