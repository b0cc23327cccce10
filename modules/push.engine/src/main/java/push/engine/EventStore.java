package push.engine;

import java.time.Instant;
import java.util.stream.LongStream;
import push.api.Event;
import push.api.SessionInvalidation;
import push.engine.spi.Tail;

/**
 * What can be replayed: two retentions under one sequence. The recent events of both kinds, and, from
 * before them, the last invalidation of each user and session.
 *
 * <p>Safe for any number of threads, but for {@link #append}; readers take no lock but to count.
 */
final class EventStore implements Tail {

    private final String epoch;
    private final EngineRuntime runtime;
    private final Runnable onNews;
    private final RecentEvents recent;
    private final InvalidationLane lane;
    private final Ledger ledger = new Ledger();

    /** @param onNews told when there is something to read; must not wait */
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
            lane.add(entry); // first: a reader that skips up to the head must find it
        }
        recent.append(entry);
    }

    @Override
    public void signal() {
        onNews.run();
    }

    /** Removes what has expired. */
    void expire() {
        recent.expire();
        lane.expire(runtime.nanoTime());
    }

    /** The cursor just after the event of that sequence. */
    Cursor cursor(long sequence) {
        return new Cursor(epoch, sequence);
    }

    /** The name of this life of the log. */
    String epoch() {
        return epoch;
    }

    /** The events of both kinds. */
    RecentEvents recent() {
        return recent;
    }

    /** The invalidations, older ones too. */
    InvalidationLane invalidations() {
        return lane;
    }

    /**
     * Where a reader that wants everything retained starts: before the oldest of either retention.
     *
     * @param oldestRecent the oldest recent event
     */
    long beforeOldest(long oldestRecent) {
        Long oldestKept = lane.oldest();
        return (oldestKept == null ? oldestRecent : Math.min(oldestKept, oldestRecent)) - 1;
    }

    /** Whether a reader that goes on after {@code from} can't get all that was published up to {@code to}. */
    boolean hasLost(long from, long to, Interest interest) {
        return hasClientEvents(from, to, interest) || hasLostInvalidations(from, to, interest);
    }

    /** Looks only as far as the first one. */
    private boolean hasClientEvents(long from, long to, Interest interest) {
        return interest.isAll()
                ? clientEvents(from, to, interest) > 0
                : LongStream.iterate(to, n -> n > from, n -> n - 1).anyMatch(n -> clientEvents(n - 1, n, interest) > 0);
    }

    /**
     * How many client events after {@code from}, up to {@code to}, are for this interest. Where nobody knows
     * any more whom an event was for, it counts.
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
     * Whether an invalidation after {@code from}, up to {@code to}, that is for this interest may have been
     * dropped while no later one had taken its place. Errs on the side of yes.
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
