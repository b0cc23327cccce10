package push.engine;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import push.engine.Notice.Gap;

/**
 * A place in the store, and how it moves.
 *
 * <p>One thread at a time reads; {@link #detectLoss} and {@link #hasNews} are safe for any thread. The place moves by
 * compare-and-set, because several threads may move it: the reader moves it past what it takes; the hub, past what the
 * reader has lost; and any thread that finds the next events not to match, past those events. If two threads compete,
 * the first one wins.
 */
final class Reader {

    /** The result of {@link #read} if a gap must be reported first. */
    static final int GAP_FIRST = -1;

    private static final AtomicReferenceFieldUpdater<Reader, Place> PLACE =
            AtomicReferenceFieldUpdater.newUpdater(Reader.class, Place.class, "place");

    private final EventStore store;
    private final Interest interest;

    /** A copy of {@code interest.isAll()}, because it is read whenever there is news for any reader. */
    private final boolean wantsAll;

    private final LagPolicy lagPolicy;
    private final long liveFrom;
    private final LossListener losses;
    private volatile Place place;

    // Used only by the reading thread.
    private final Scan scan;
    private @Nullable Cursor former;
    private long invalidationsToldMissing;

    /** @param batchBytes how much the events of one read may occupy on the heap, in bytes */
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

    /** The cursor of the last event that was taken or skipped. */
    Cursor cursor() {
        return store.cursor(place.position());
    }

    /**
     * The cursor from which the stream can be resumed before it has begun. A cursor of another epoch is returned until
     * its gap was reported.
     */
    Cursor start() {
        return former != null ? former : cursor();
    }

    /** The number of events still to be taken or skipped, without those that are lost. */
    long lag() {
        Place now = place;
        return Math.max(0, store.recent().head() - now.lost());
    }

    /** True if the reader has lost client events by lagging since it last caught up. */
    boolean isLosing() {
        return place.lagging();
    }

    /** True while the reader takes events from before it was opened. */
    boolean isReplaying() {
        return place.position() < liveFrom;
    }

    /** The number of events from before it was opened that the reader has still to take. */
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

    /** Detects and counts what is lost by now, even while the reader is busy. */
    void detectLoss() {
        while (true) {
            Place from = place;
            long head = store.recent().head(); // must be read before the oldest: see LagPolicy
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
     * Returns the gap that must be reported before anything else is read; null if there is none. The returned gap
     * counts as reported from now on.
     */
    @Nullable
    Gap gap() {
        detectLoss();
        while (true) {
            Place from = place;
            if (from.inGap()) {
                return lateGap(from);
            }
            if (!from.beforeGap() && former == null) {
                return null;
            }
            // If no invalidation was retained, there is nothing to take before the end of the gap.
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
                    continue; // nothing in the gap matched, or everything in it was retained
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

    /** Within a gap: a retained invalidation may be dropped before the reader gets to it. */
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
     * Takes what is available now, without waiting.
     *
     * @return the number of events; 0 if the reader has caught up; {@link #GAP_FIRST} if {@link #gap} has something to
     *     report
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
                if (lostLate(from)) { // checked after the read: an event that the read missed may have been dropped
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
                    return 0; // there is more, but the end or a heartbeat may be due
                }
                if (moved && lapped(scan.position())) { // first: a lapped reader has not caught up
                    return GAP_FIRST;
                }
                if (moved && catchUp()) {
                    return 0;
                }
            }
        }
    }

    /** Records that the reader has caught up, because there is no news; false if it has lost something meanwhile. */
    boolean catchUp() {
        Place now = place;
        return !now.beforeGap() && (!now.lagging() || PLACE.compareAndSet(this, now, now.caughtUp()));
    }

    private boolean lapped(long position) {
        return store.recent().head() > position && store.recent().oldest() > position + 1;
    }

    /**
     * Returns true if a read would return events or a gap. Skips events that do not match, so that the reader is not
     * woken for them.
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

    /** Observes what a reader loses. */
    @FunctionalInterface
    interface LossListener {

        /**
         * The reader lost client events; {@code clientEvents} is the number since the last call.
         *
         * @param firstOfEpisode true if this is the first loss since the reader last caught up
         */
        void lost(long clientEvents, boolean firstOfEpisode);
    }
}
