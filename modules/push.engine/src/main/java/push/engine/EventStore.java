package push.engine;

import java.time.Instant;
import java.util.stream.LongStream;
import push.api.Event;
import push.api.SessionInvalidation;
import push.engine.spi.Tail;

/**
 * The events that can be replayed: two retentions under one sequence. They are the recent events of both kinds and,
 * from before them, the last invalidation of each user and session.
 *
 * <p>Safe for any number of threads, except for {@link #append}. Readers take no lock except to count.
 */
final class EventStore implements Tail {

    private final String epoch;
    private final EngineRuntime runtime;
    private final Runnable onNews;
    private final RecentEvents recent;
    private final InvalidationLane lane;
    private final Ledger ledger = new Ledger();

    /** @param onNews run when there is something to read; must not wait */
    EventStore(String epoch, RetentionConfig retention, EngineRuntime runtime, Runnable onNews) {
        this.epoch = epoch;
        this.runtime = runtime;
        this.onNews = onNews;
        this.recent = new RecentEvents(
                runtime, retention.freshnessWindow(), retention.ringCapacity(), retention.ringMaxBytes());
        this.lane = new InvalidationLane(
                retention.invalidations(), retention.maxInvalidations(), retention.maxInvalidationBytes());
    }

    @Override
    public void append(long sequence, Instant publishedAt, Event event) {
        Entry entry = new Entry(epoch, sequence, publishedAt, runtime.nanoTime(), event);
        ledger.add(sequence, event);
        if (event instanceof SessionInvalidation) {
            lane.add(entry); // first: a reader that skips to the head must find it
        }
        recent.append(entry);
    }

    @Override
    public void signal() {
        onNews.run();
    }

    /** Removes expired events. */
    void expire() {
        recent.expire();
        lane.expire(runtime.nanoTime());
    }

    /** The cursor directly after the event with this sequence. */
    Cursor cursor(long sequence) {
        return new Cursor(epoch, sequence);
    }

    /** The epoch, which identifies this lifetime of the log. */
    String epoch() {
        return epoch;
    }

    /** The recent events of both kinds. */
    RecentEvents recent() {
        return recent;
    }

    /** The retained invalidations, older ones included. */
    InvalidationLane invalidations() {
        return lane;
    }

    /**
     * Returns the position at which a reader of everything retained starts: before the oldest event of either
     * retention.
     *
     * @param oldestRecent the oldest recent event
     */
    long beforeOldest(long oldestRecent) {
        Long oldestKept = lane.oldest();
        return (oldestKept == null ? oldestRecent : Math.min(oldestKept, oldestRecent)) - 1;
    }

    /**
     * Returns true if a reader that continues after {@code from} cannot receive everything published up to {@code to}.
     */
    boolean hasLost(long from, long to, Interest interest) {
        return hasClientEvents(from, to, interest) || hasLostInvalidations(from, to, interest);
    }

    /** Stops at the first one. */
    private boolean hasClientEvents(long from, long to, Interest interest) {
        return interest.isAll()
                ? clientEvents(from, to, interest) > 0
                : LongStream.iterate(to, n -> n > from, n -> n - 1).anyMatch(n -> clientEvents(n - 1, n, interest) > 0);
    }

    /**
     * Counts the client events after {@code from}, up to {@code to}, that match the interest. An event whose user is no
     * longer known counts.
     */
    long clientEvents(long from, long to, Interest interest) {
        if (interest.isAll()) {
            return to - from - lane.published(from, to);
        }
        long known = to;
        long matching = 0;
        while (known > from && ledger.knows(known)) {
            matching += ledger.isClientEventFor(known, interest) ? 1 : 0;
            known--;
        }
        return matching + (known - from - lane.published(from, known));
    }

    /**
     * Returns true if an invalidation after {@code from}, up to {@code to}, that matches the interest may have been
     * dropped without a later one in its place. If in doubt, returns true.
     */
    boolean hasLostInvalidations(long from, long to, Interest interest) {
        if (!lane.hasLost(from, to)) {
            return false;
        }
        long last = Math.min(to, lane.lostThrough());
        return interest.isAll()
                || LongStream.rangeClosed(from + 1, last).anyMatch(n -> ledger.isInvalidationFor(n, interest));
    }
}
