package push.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import push.api.Event;
import push.api.SessionInvalidation;

/**
 * The events of one life of the log that can be replayed: two retentions under one sequence. They are the recent events
 * of both kinds and, from before them, the last invalidation of each user and session.
 *
 * <p>Safe for any number of threads, except for {@link #restore}, {@link #append} and {@link #skip}, which are for one
 * thread at a time. Readers take no lock except to count.
 */
final class EventStore {

    private final String epoch;
    private final long origin;
    private final WireFormat format;
    private final EngineRuntime runtime;
    private final RecentEvents recent;
    private final InvalidationLane lane;
    private final AudienceIndex audience = new AudienceIndex();
    private volatile @Nullable EventStore next;

    /**
     * @param base the sequence after which events follow
     * @param bornEmpty true if this life began at {@code base}; false if events before it existed
     */
    EventStore(
            String epoch,
            long base,
            boolean bornEmpty,
            RetentionConfig retention,
            WireFormat format,
            EngineRuntime runtime) {
        this.epoch = epoch;
        this.origin = bornEmpty ? base : 0;
        this.format = format;
        this.runtime = runtime;
        this.recent = new RecentEvents(
                runtime, base, retention.freshnessWindow(), retention.ringCapacity(), retention.ringMaxBytes());
        this.lane = new InvalidationLane(
                retention.invalidations(), retention.maxInvalidations(), retention.maxInvalidationBytes());
    }

    /** Adds an invalidation from before the first event: see {@link push.engine.spi.Tail#restore}. */
    void restore(long sequence, Instant publishedAt, Duration age, Event event) {
        lane.add(new Entry(epoch, sequence, publishedAt, runtime.nanoTime() - age.toNanos(), event, format));
    }

    /** Adds the next event, which may be the first one after a hole. */
    void append(long sequence, Instant publishedAt, Duration age, Event event) {
        long head = recent.head();
        if (sequence <= head) {
            throw new IllegalArgumentException(
                    "the sequence of an event must be higher than the last one, " + head + ", but was " + sequence);
        }
        if (sequence > head + 1) {
            skip(sequence - 1, true);
        }
        long now = runtime.nanoTime();
        Entry entry = new Entry(epoch, sequence, publishedAt, now - age.toNanos(), event, format);
        audience.add(sequence, event);
        if (event instanceof SessionInvalidation) {
            lane.add(entry); // first: a reader that skips to the head must find it
        }
        recent.append(entry, now);
    }

    /** The events after the last one, up to {@code through}, are gone: see {@link push.engine.spi.Tail#skip}. */
    void skip(long through, boolean invalidations) {
        long head = recent.head();
        if (through <= head) {
            return;
        }
        if (invalidations) {
            lane.hide(head, through); // first: a reader that finds the hole must find what may be missing in it
        }
        recent.skip(through);
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

    /** Records that this life has ended, and which one follows. Nothing is added to this store any more. */
    void endsBefore(EventStore following) {
        next = following;
    }

    /** The life that follows this one; null as long as this one is the present life. */
    @Nullable
    EventStore next() {
        return next;
    }

    /** The position before the first event of this life; 0 if it is not known. */
    long origin() {
        return origin;
    }

    /** The epoch, which identifies this life of the log. */
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
     * Counts the client events after {@code after}, up to {@code to}, that match the interest. An event whose user is
     * not known, or not any more, counts.
     */
    long clientEvents(long after, long to, Interest interest) {
        long from = Math.max(after, origin);
        if (to <= from) {
            return 0;
        }
        if (interest.isAll()) {
            return to - from - lane.published(from, to);
        }
        long matching = 0;
        long position = to;
        while (position > from && audience.knows(position)) {
            long end = position;
            while (position > from && audience.isLost(position)) {
                position--;
            }
            if (position < end) {
                matching += end - position - lane.published(position, end);
            } else {
                matching += audience.isClientEventFor(position, interest) ? 1 : 0;
                position--;
            }
        }
        return matching + (position - from - lane.published(from, position));
    }

    /**
     * Returns true if an invalidation after {@code after}, up to {@code to}, that matches the interest may have been
     * dropped without a later one in its place. If in doubt, returns true. Nothing precedes the first event of a life.
     */
    boolean hasLostInvalidations(long after, long to, Interest interest) {
        long from = Math.max(after, origin);
        if (!lane.hasLost(from, to)) {
            return false;
        }
        long last = Math.min(to, lane.lostThrough());
        return interest.isAll()
                || lane.hasUnknown(from, to)
                || LongStream.rangeClosed(from + 1, last).anyMatch(n -> audience.isInvalidationFor(n, interest));
    }
}
