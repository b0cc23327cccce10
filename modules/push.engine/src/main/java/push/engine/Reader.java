package push.engine;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import push.engine.Notice.Gap;

/**
 * A place in the store, and how it moves.
 *
 * <p>One thread at a time reads; {@link #lose} and {@link #hasNews} are for any. The place moves by
 * compare-and-set, because several may move it: the reader, past what it takes; the hub, past what the
 * reader has lost; and whoever finds that what comes next is not for it. Whoever wins counts.
 */
final class Reader {

    /** What {@link #read} says when there is a gap to be told of first. */
    static final int GAP_FIRST = -1;

    private static final AtomicReferenceFieldUpdater<Reader, Place> PLACE =
            AtomicReferenceFieldUpdater.newUpdater(Reader.class, Place.class, "place");

    private final EventStore store;
    private final Interest interest;

    /** Its own copy, as it is looked at whenever there is news for anybody. */
    private final boolean wantsAll;

    private final LagPolicy lagPolicy;
    private final long liveFrom;
    private final LossListener losses;
    private volatile Place place;

    // Only the reading thread uses these.
    private final Scan scan;
    private @Nullable Cursor former;
    private long invalidationsToldMissing;

    /** @param batchBytes what the events that are read at once may weigh on the heap */
    Reader(
            EventStore store,
            Interest interest,
            LagPolicy lagPolicy,
            long batchBytes,
            Opening opening,
            LossListener losses) {
        this.store = store;
        this.interest = interest;
        this.wantsAll = interest.isAll();
        this.lagPolicy = lagPolicy;
        this.liveFrom = opening.liveFrom();
        this.losses = losses;
        this.place = opening.place();
        this.scan = new Scan(interest, batchBytes);
        this.former = opening.former();
    }

    /** The cursor after the last event that was taken or passed. */
    Cursor cursor() {
        return store.cursor(place.position());
    }

    /**
     * Where the stream can be resumed from before it has begun: a cursor of another life stays until its gap is told.
     */
    Cursor start() {
        return former != null ? former : cursor();
    }

    /** How many events it has yet to take or pass, but for those that are lost to it. */
    long lag() {
        Place now = place;
        return Math.max(0, store.recent().head() - now.lost());
    }

    /** Whether it has lost events by lagging since it last caught up. */
    boolean isLosing() {
        return place.lagging();
    }

    /** Whether it takes events from before it was opened. */
    boolean isReplaying() {
        return place.position() < liveFrom;
    }

    /** How many events from before it was opened it has yet to take. */
    long toReplay() {
        Place now = place;
        long kept = store.invalidations().count(now.position(), now.lost(), interest);
        return kept + matching(now.lost(), liveFrom);
    }

    private long matching(long from, long to) {
        if (wantsAll) {
            return to - from;
        }
        long matching = 0;
        for (long sequence = from + 1; sequence <= to; sequence++) {
            Entry entry = store.recent().get(sequence);
            if (entry != null && interest.matches(entry)) {
                matching++;
            }
        }
        return matching;
    }

    /** Finds out what is lost by now, also while the reader is away, and counts it. */
    void lose() {
        while (true) {
            Place from = place;
            long head = store.recent().head(); // before the oldest: see LagPolicy
            long lost = lagPolicy.floor(from.lost(), liveFrom, store.recent().oldest(), head);
            if (lost == from.lost()) {
                return;
            }
            long missed = store.clientEvents(from.lost(), lost, interest);
            if (PLACE.compareAndSet(this, from, from.losing(lost, missed))) {
                if (missed > 0) {
                    losses.lost(missed, !from.lagging());
                }
                return;
            }
        }
    }

    /**
     * The gap that has to be told of before anything else is read; null when there is none. It counts as
     * told from now on.
     */
    @Nullable
    Gap gap() {
        lose();
        while (true) {
            Place from = place;
            if (from.inGap()) {
                return lateGap(from);
            }
            if (!from.beforeGap() && former == null) {
                return null;
            }
            // Where no invalidation was kept, there is nothing to take before its end.
            boolean passed = !store.invalidations().has(from.position(), from.lost(), interest);
            Place to = passed ? from.toldAll().movedTo(from.lost()) : from.toldAll();
            boolean invalidationsMissed =
                    former != null || store.hasLostInvalidations(from.position(), from.lost(), interest);
            if (PLACE.compareAndSet(this, from, to)) {
                Cursor start = former != null ? former : store.cursor(from.position());
                former = null;
                if (invalidationsMissed) {
                    invalidationsToldMissing = from.lost();
                } else if (from.missed() == 0) {
                    continue; // nothing in it was for this reader, or all of it was kept
                }
                return new Gap(
                        store.cursor(to.position()),
                        start,
                        store.cursor(from.lost()),
                        from.missed(),
                        from.reason(),
                        invalidationsMissed);
            }
        }
    }

    /** Within a gap: an invalidation that was to be kept may be dropped before the reader gets to it. */
    private @Nullable Gap lateGap(Place within) {
        if (!lostLate(within)) {
            return null;
        }
        invalidationsToldMissing = within.told();
        Cursor start = store.cursor(within.position());
        return new Gap(start, start, store.cursor(within.told()), 0, Gap.Reason.SLOW_CONSUMER, true);
    }

    private boolean lostLate(Place within) {
        return invalidationsToldMissing < within.told()
                && store.hasLostInvalidations(within.position(), within.told(), interest);
    }

    /**
     * Takes what there is now, and does not wait.
     *
     * @return how many; 0 when it has caught up; {@link #GAP_FIRST} when {@link #gap} has something to tell
     */
    int read(Delivery[] into) {
        while (true) {
            Place from = place;
            if (from.beforeGap()) {
                return GAP_FIRST;
            }
            if (from.inGap()) {
                scan.start(from.position(), into);
                boolean all = store.invalidations().read(scan, from.told());
                if (lostLate(from)) { // asked after the read: what it did not find may have been dropped
                    return GAP_FIRST;
                }
                long position = all ? from.told() : scan.position();
                if (PLACE.compareAndSet(this, from, from.movedTo(position)) && scan.size() > 0) {
                    return scan.size();
                }
            } else {
                scan.start(from.position(), into);
                store.recent().read(scan);
                boolean moved = scan.position() == from.position()
                        || PLACE.compareAndSet(this, from, from.movedTo(scan.position()));
                if (moved && scan.size() > 0) {
                    return scan.size();
                }
                if (moved && scan.paused()) {
                    return 0; // there is more, but the end, or a heartbeat, may be due
                }
                if (moved && lapped(scan.position())) { // first: a reader that is lapped has not caught up
                    return GAP_FIRST;
                }
                if (moved && catchUp()) {
                    return 0;
                }
            }
        }
    }

    /** Says that it has caught up, as there is no news; false when it has lost something meanwhile. */
    boolean catchUp() {
        Place now = place;
        return !now.beforeGap() && (!now.lagging() || PLACE.compareAndSet(this, now, now.caughtUp()));
    }

    private boolean lapped(long position) {
        return store.recent().head() > position && store.recent().oldest() > position + 1;
    }

    /**
     * Whether a read would have something to give, or to tell. Passes over what is not for this reader, so
     * that it need not be woken for it.
     */
    boolean hasNews() {
        Place from = place;
        if (from.position() < from.lost()) {
            return true;
        }
        if (wantsAll) {
            return store.recent().head() > from.position();
        }
        return passOver(from);
    }

    private boolean passOver(Place from) {
        Delivery[] found = new Delivery[1];
        Scan look = new Scan(interest, 0);
        look.start(from.position(), found);
        store.recent().read(look);
        if (look.size() > 0) {
            return true;
        }
        boolean movedByOther =
                look.position() > from.position() && !PLACE.compareAndSet(this, from, from.movedTo(look.position()));
        return movedByOther || store.recent().head() > look.position();
    }

    /** Told of what a reader lost. */
    @FunctionalInterface
    interface LossListener {

        /**
         * So many more client events are lost to it.
         *
         * @param firstOfEpisode false while it has not caught up since it last lost some
         */
        void lost(long clientEvents, boolean firstOfEpisode);
    }
}
