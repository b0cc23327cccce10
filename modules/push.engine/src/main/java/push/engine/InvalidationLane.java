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
 * The last invalidation of each user and session. They have a retention of their own, so client events cannot displace
 * them. If the limit on entries or bytes is exceeded, the oldest one is dropped.
 *
 * <p>Writers take a lock; readers take none. A reader finds every invalidation that it has to find: a later one for the
 * same session is added before the earlier one is removed, and {@code lostThrough} reports a dropped invalidation
 * before it is gone.
 */
final class InvalidationLane {

    private static final int INDEX_LIMIT = 1 << 18; // entries of 8 bytes each

    /** The bytes of an entry in the maps below: a node, a boxed key and half an index node; and a node of the tree. */
    private static final long MAPS_BYTES = 24 + 24 + 12 + 40;

    /** A tree rather than a hash table: publishers choose the ids, and could choose many with the same hash. */
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
    private final InvalidationIndex index = new InvalidationIndex(INDEX_LIMIT);
    private volatile long lostThrough;
    private volatile long unknownThrough;
    private final Holes unknown = new Holes(); // written under `writing`

    /**
     * @param maxEntries the maximum number of invalidations; positive
     * @param maxBytes how much they may occupy on the heap, in bytes; the newest one is kept even if it exceeds this
     */
    InvalidationLane(Duration retention, int maxEntries, long maxBytes) {
        this.retentionNanos = retention.toNanos();
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
    }

    /** Adds an invalidation, whose sequence is higher than all previous ones. */
    void add(Entry entry) {
        writing.lock();
        try {
            index.add(entry.sequence());
            Entry failed = bySequence.put(entry.sequence(), entry);
            if (failed != null) {
                forget(failed); // its append failed after it was added here, and its sequence was assigned again
            }
            Entry earlier = forget(entry);
            last.put(entry, entry);
            bytes += bytesOf(entry);
            if (earlier != null) {
                bySequence.remove(earlier.sequence(), earlier); // only now, and only this one: see the class comment
            }
            while (last.size() > maxEntries || (bytes > maxBytes && last.size() > 1)) {
                dropOldest();
            }
        } finally {
            writing.unlock();
        }
    }

    /** Invalidations up to {@code through} may be gone without a later one in their place. */
    void markLost(long through) {
        writing.lock();
        try {
            unknownThrough = Math.max(unknownThrough, through);
        } finally {
            writing.unlock();
        }
    }

    /** Invalidations after {@code from}, up to {@code to}, may be missing. Both are after all that is here. */
    void hide(long from, long to) {
        writing.lock();
        try {
            unknown.add(from, to);
            unknownThrough = Math.max(unknownThrough, unknown.forgetOldest());
        } finally {
            writing.unlock();
        }
    }

    /** Drops the invalidations that are older than the retention. */
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
        lostThrough = oldest.sequence(); // before it is gone: a reader that does not find it sees this
        bySequence.remove(oldest.sequence());
        forget(oldest);
    }

    /** Removes and returns the last invalidation of the same user and session; null if there is none. */
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

    /** Returns how many bytes an entry of this size counts in the lane. */
    static long bytesOf(int entryBytes) {
        return entryBytes + MAPS_BYTES;
    }

    /**
     * Continues a scan with the retained invalidations after its position, up to {@code to}.
     *
     * @return true if the scan has seen them all
     */
    boolean read(Scan scan, long to) {
        for (Entry entry : between(scan.position(), to)) {
            if (!scan.offer(entry)) {
                return false;
            }
        }
        return true;
    }

    /** Returns true if an invalidation after {@code from}, up to {@code to}, is retained and matches. */
    boolean has(long from, long to, Interest interest) {
        return between(from, to).stream().anyMatch(interest::matches);
    }

    /** Returns how many invalidations after {@code from}, up to {@code to}, are retained and match. */
    long count(long from, long to, Interest interest) {
        return between(from, to).stream().filter(interest::matches).count();
    }

    private Collection<Entry> between(long from, long to) {
        return bySequence.subMap(from, false, Math.max(from, to), true).values();
    }

    /** The sequence of the oldest retained invalidation; null if there is none. */
    @Nullable
    Long oldest() {
        Map.Entry<Long, Entry> first = bySequence.firstEntry();
        return first == null ? null : first.getKey();
    }

    /** Returns how many invalidations after {@code from}, up to {@code to}, were published, retained or not. */
    long published(long from, long to) {
        writing.lock();
        try {
            return index.count(from, to);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Returns true if an invalidation after {@code from}, up to {@code to}, may have been dropped without a later one
     * in its place. If in doubt, returns true.
     */
    boolean hasLost(long from, long to) {
        return hasUnknown(from, to) || hasDropped(from, to);
    }

    /** Returns true if it is not known which invalidations there were after {@code from}, up to {@code to}. */
    boolean hasUnknown(long from, long to) {
        return to > from && (unknownThrough > from || unknown.count(from, to) > 0);
    }

    private boolean hasDropped(long from, long to) {
        if (lostThrough <= from) {
            return false;
        }
        writing.lock();
        try {
            return index.mayHave(from, Math.min(to, lostThrough));
        } finally {
            writing.unlock();
        }
    }

    /** The sequence of the last invalidation that was dropped without a later one in its place; 0 if there is none. */
    long lostThrough() {
        return lostThrough;
    }

    /** The number of retained invalidations. */
    int size() {
        writing.lock();
        try {
            return last.size();
        } finally {
            writing.unlock();
        }
    }

    /** How much the invalidations occupy on the heap, with the lane's own maps, in bytes. */
    long bytes() {
        writing.lock();
        try {
            return bytes;
        } finally {
            writing.unlock();
        }
    }
}
