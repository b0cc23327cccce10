package push.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The last invalidation of each user and session, kept for a retention of its own, which no flood of
 * client events can push out. When its entries or bytes are used up, the oldest one goes.
 *
 * <p>Writers take a lock; readers take none. A reader finds every invalidation that it is to find,
 * because a later one for the same session is entered before the earlier one is taken out, and because
 * {@code lostThrough} tells of one that is dropped before it is gone.
 */
final class InvalidationLane {

    private static final int CENSUS_LIMIT = 1 << 18; // of 8 bytes each

    /** What the maps below take for an entry: a node, a boxed key and half an index node; and a node of the tree. */
    private static final long MAPS_BYTES = 24 + 24 + 12 + 40;

    /** A tree, not a hash table: publishers choose the ids, and could choose those of one hash. */
    private static final Comparator<Entry> BY_USER_AND_SESSION = Comparator.comparing(Entry::userId)
            .thenComparing(Entry::session, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final long retentionNanos;
    private final int maxEntries;
    private final long maxBytes;
    private final ReentrantLock writing = new ReentrantLock();
    private final ConcurrentSkipListMap<Long, Entry> bySequence = new ConcurrentSkipListMap<>();
    // Guarded by `writing`.
    private final Map<Entry, Entry> last = new TreeMap<>(BY_USER_AND_SESSION);
    private long bytes;
    private final InvalidationCensus census = new InvalidationCensus(CENSUS_LIMIT);
    private volatile long lostThrough;

    /**
     * @param maxEntries how many it keeps at most; positive
     * @param maxBytes what they may take on the heap; the newest one is kept even if it takes more
     */
    InvalidationLane(Duration retention, int maxEntries, long maxBytes) {
        this.retentionNanos = retention.toNanos();
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
    }

    /** Keeps an invalidation; its sequence is higher than all before. */
    void add(Entry entry) {
        writing.lock();
        try {
            census.add(entry.sequence());
            Entry failed = bySequence.put(entry.sequence(), entry);
            if (failed != null) {
                forget(failed); // its append failed after it came here, and its number was given again
            }
            Entry earlier = forget(entry);
            last.put(entry, entry);
            bytes += bytesOf(entry);
            if (earlier != null) {
                bySequence.remove(earlier.sequence(), earlier); // only now, and only that one: see above
            }
            while (last.size() > maxEntries || (bytes > maxBytes && last.size() > 1)) {
                dropOldest();
            }
        } finally {
            writing.unlock();
        }
    }

    /** Drops what is older than the retention. */
    void expire(long now) {
        writing.lock();
        try {
            while (!bySequence.isEmpty()
                    && now - bySequence.firstEntry().getValue().appendedNanos() >= retentionNanos) {
                dropOldest();
            }
        } finally {
            writing.unlock();
        }
    }

    private void dropOldest() {
        Entry oldest = bySequence.firstEntry().getValue();
        lostThrough = oldest.sequence(); // before it is gone: whoever does not find it sees this
        bySequence.remove(oldest.sequence());
        forget(oldest);
    }

    /** Takes the last one of that user and session out of the books, and says which it was. */
    private @Nullable Entry forget(Entry ofTheSame) {
        Entry forgotten = last.remove(ofTheSame);
        if (forgotten != null) {
            bytes -= bytesOf(forgotten);
        }
        return forgotten;
    }

    private static long bytesOf(Entry entry) {
        return bytesOf(entry.heapBytes());
    }

    /** What an entry of that size counts for here. */
    static long bytesOf(int entryBytes) {
        return entryBytes + MAPS_BYTES;
    }

    /**
     * Has a scan go on with the kept invalidations that follow its position, up to {@code to}.
     *
     * @return whether it has seen them all
     */
    boolean read(Scan scan, long to) {
        for (Entry entry : between(scan.position(), to)) {
            if (!scan.accepts(entry)) {
                return false;
            }
        }
        return true;
    }

    /** Whether any is kept after {@code from}, up to {@code to}, that matches. */
    boolean has(long from, long to, Interest interest) {
        return between(from, to).stream().anyMatch(interest::matches);
    }

    /** How many of those there are. */
    long count(long from, long to, Interest interest) {
        return between(from, to).stream().filter(interest::matches).count();
    }

    private Collection<Entry> between(long from, long to) {
        return bySequence.subMap(from, false, Math.max(from, to), true).values();
    }

    /** The sequence of the oldest that is kept; null when there is none. */
    @Nullable
    Long oldest() {
        Map.Entry<Long, Entry> first = bySequence.firstEntry();
        return first == null ? null : first.getKey();
    }

    /** How many invalidations were ever published after {@code from}, up to {@code to}. */
    long published(long from, long to) {
        writing.lock();
        try {
            return census.count(from, to);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Whether one after {@code from}, up to {@code to}, may have been dropped while no later one had taken
     * its place. Errs on the side of yes.
     */
    boolean hasLost(long from, long to) {
        if (lostThrough <= from) {
            return false;
        }
        writing.lock();
        try {
            return census.mayHave(from, Math.min(to, lostThrough));
        } finally {
            writing.unlock();
        }
    }

    /** The last one that was dropped while no later one had taken its place; 0 when there is none. */
    long lostThrough() {
        return lostThrough;
    }

    /** How many there are. */
    int size() {
        writing.lock();
        try {
            return last.size();
        } finally {
            writing.unlock();
        }
    }

    /** What they take on the heap, with the lane's own books. */
    long bytes() {
        writing.lock();
        try {
            return bytes;
        } finally {
            writing.unlock();
        }
    }
}
