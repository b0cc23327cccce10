package push.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The last invalidation of each user and session, kept for a retention of its own, which no flood of
 * client events can push out.
 *
 * <p>Writers take a lock; readers take none. A reader finds every invalidation that it is to find,
 * because a later one for the same session is entered before the earlier one is taken out, and because
 * {@code lostThrough} tells of one that is dropped before it is gone.
 */
final class InvalidationLane {

    private static final int CENSUS_LIMIT = 1 << 18; // of 8 bytes each

    private final long retentionNanos;
    private final int maxEntries;
    private final ReentrantLock writing = new ReentrantLock();
    private final ConcurrentSkipListMap<Long, Entry> bySequence = new ConcurrentSkipListMap<>();
    // Guarded by `writing`.
    private final Map<Key, Entry> last = new HashMap<>();
    private final InvalidationCensus census = new InvalidationCensus(CENSUS_LIMIT);
    private volatile long lostThrough;

    InvalidationLane(Duration retention, int maxEntries) {
        this.retentionNanos = retention.toNanos();
        this.maxEntries = maxEntries;
    }

    /** Keeps an invalidation; its sequence is higher than all before. */
    void add(Entry entry) {
        writing.lock();
        try {
            census.add(entry.sequence());
            bySequence.put(entry.sequence(), entry);
            Entry earlier = last.put(Key.of(entry), entry);
            if (earlier != null) {
                // That very one: after an append that failed another may have its number.
                bySequence.remove(earlier.sequence(), earlier);
            }
            while (last.size() > maxEntries) {
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
        last.remove(Key.of(oldest));
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

    private record Key(UUID userId, @Nullable UUID session) {

        static Key of(Entry entry) {
            return new Key(entry.userId(), entry.session());
        }
    }
}
