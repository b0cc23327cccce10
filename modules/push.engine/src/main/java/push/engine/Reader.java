package push.engine;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import push.engine.Notice.Gap;

/**
 * Reads the events of one life of the log: a state, and how it changes.
 *
 * <p>One thread at a time reads; {@link #detectLoss} and {@link #hasNews} are safe for any thread. The state changes by
 * compare-and-set, because several threads may change it: the reader moves it past what it takes; the hub, past what the
 * reader has lost; and any thread that finds the next events not to match, past those events. If two threads compete,
 * the first one wins.
 */
final class Reader {

    /** The result of {@link #read} if a gap must be reported first. */
    static final int GAP_FIRST = -1;

    private static final AtomicReferenceFieldUpdater<Reader, ReaderState> STATE =
            AtomicReferenceFieldUpdater.newUpdater(Reader.class, ReaderState.class, "state");

    private final EventStore store;
    private final Interest interest;

    /** A copy of {@code interest.isAll()}, because it is read whenever there is news for any reader. */
    private final boolean wantsAll;

    private final LagPolicy lagPolicy;
    private final long liveFrom;
    private final LossListener losses;
    private volatile ReaderState state;

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
        this.state = opening.state();
        this.scan = new Scan(interest, batchBytes);
        this.former = opening.former();
    }

    /** The events of the life that is read. */
    EventStore store() {
        return store;
    }

    /** The cursor of the last event that was taken or skipped. */
    Cursor cursor() {
        return store.cursor(state.position());
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
        ReaderState now = state;
        return Math.max(0, store.recent().head() - now.lost());
    }

    /** True if the reader has lost client events by lagging since it last caught up. */
    boolean isLosing() {
        return state.lagging();
    }

    /** True while the reader takes events from before it was opened. */
    boolean isReplaying() {
        return state.position() < liveFrom;
    }

    /** The number of events from before it was opened that the reader has still to take. */
    long toReplay() {
        ReaderState now = state;
        long kept = store.invalidations().count(now.position(), now.lost(), interest);
        return kept + matching(now.lost(), liveFrom);
    }

    private long matching(long from, long to) {
        if (wantsAll) {
            return store.recent().received(from, to);
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

    /**
     * Detects and counts what is lost by now, even while the reader is busy. Events that do not match are skipped first:
     * a reader does not lag behind them.
     */
    void detectLoss() {
        while (true) {
            ReaderState from = state;
            long head = store.recent().head(); // must be read before the oldest: see LagPolicy
            long hole = store.recent().holeAfter(from.lost());
            boolean isHole = hole > from.lost();
            long lost = isHole
                    ? hole
                    : lagPolicy.floor(from.lost(), liveFrom, store.recent().oldest(), head);
            if (lost == from.lost()) {
                return;
            }
            if (from.position() == from.lost() && skipUnwanted(from)) {
                continue;
            }
            long missed = store.clientEvents(from.lost(), lost, interest);
            ReaderState to = isHole ? from.skipping(lost, missed) : from.losing(lost, missed);
            if (STATE.compareAndSet(this, from, to) && !isHole) {
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
            ReaderState from = state;
            if (from.inGap()) {
                return lateGap(from);
            }
            if (!from.beforeGap() && former == null) {
                return null;
            }
            // If no invalidation was retained, there is nothing to take before the end of the gap.
            boolean passed = !store.invalidations().has(from.position(), from.lost(), interest);
            ReaderState to = passed ? from.toldAll().movedTo(from.lost()) : from.toldAll();
            boolean invalidationsMissed =
                    former != null || store.hasLostInvalidations(from.position(), from.lost(), interest);
            if (STATE.compareAndSet(this, from, to)) {
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
    private @Nullable Gap lateGap(ReaderState within) {
        if (!lostLate(within)) {
            return null;
        }
        invalidationsToldMissing = within.told();
        Cursor start = store.cursor(within.position());
        return new Gap(start, start, store.cursor(within.told()), 0, Gap.Reason.SLOW_CONSUMER, true);
    }

    private boolean lostLate(ReaderState within) {
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
            ReaderState from = state;
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
                if (STATE.compareAndSet(this, from, from.movedTo(position)) && scan.size() > 0) {
                    return scan.size();
                }
            } else {
                scan.start(from.position(), into);
                store.recent().read(scan);
                boolean moved = scan.position() == from.position()
                        || STATE.compareAndSet(this, from, from.movedTo(scan.position()));
                if (moved && scan.size() > 0) {
                    return scan.size();
                }
                if (moved && scan.paused()) {
                    return 0; // there is more, but the end or a heartbeat may be due
                }
                if (moved && lapped(scan.position())) { // first: a reader that has lost something has not caught up
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
        ReaderState now = state;
        return !now.beforeGap() && (!now.lagging() || STATE.compareAndSet(this, now, now.caughtUp()));
    }

    /** Returns true if nothing is left to take or to report; false may be out of date at once. */
    boolean hasReadAll() {
        ReaderState now = state;
        return former == null
                && now.position() == now.lost()
                && now.position() >= store.recent().head();
    }

    private boolean lapped(long position) {
        return store.recent().head() > position
                && (store.recent().oldest() > position + 1 || store.recent().holeAfter(position) > position);
    }

    /**
     * Returns true if a read would return events or a gap. Skips events that do not match, so that the reader is not
     * woken for them.
     */
    boolean hasNews() {
        ReaderState from = state;
        if (from.position() < from.lost()) {
            return true;
        }
        if (wantsAll) {
            return store.recent().head() > from.position();
        }
        return passOver(from);
    }

    private boolean passOver(ReaderState from) {
        Scan look = lookAhead(from);
        if (look.size() > 0) {
            return true;
        }
        boolean movedByOther =
                look.position() > from.position() && !STATE.compareAndSet(this, from, from.movedTo(look.position()));
        return movedByOther || store.recent().head() > look.position();
    }

    /** Finds the first recent event after the state's position that matches. */
    private Scan lookAhead(ReaderState from) {
        Scan look = new Scan(interest, 0);
        look.start(from.position(), new Delivery[1]);
        store.recent().read(look);
        return look;
    }

    /** Skips the next events if they do not match. Returns false if none were skipped. */
    private boolean skipUnwanted(ReaderState from) {
        if (wantsAll) {
            return false;
        }
        Scan look = lookAhead(from);
        long position = look.position() - look.size(); // the one that matches, if any, is not skipped
        if (position == from.position()) {
            return false;
        }
        boolean _ = STATE.compareAndSet(this, from, from.movedTo(position)); // or another thread has moved it
        return true;
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
