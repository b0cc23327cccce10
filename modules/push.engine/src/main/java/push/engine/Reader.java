package push.engine;

import org.jspecify.annotations.Nullable;
import push.engine.Notice.Gap;

/**
 * Reads the events of one life of the log, from a position onwards.
 *
 * <p>One thread at a time reads; {@link #detectLoss} and {@link #hasNews} are safe for any thread. They all change the
 * same {@link AtomicReaderState}, whose Javadoc says why no change is lost.
 */
final class Reader {

    /** The result of {@link #read} if a gap must be reported first. */
    static final int GAP_FIRST = -1;

    private final EventStore store;
    private final Interest interest;
    private final long liveFrom;
    private final AtomicReaderState state;
    private final LookAhead ahead;
    private final Losses losses;

    // Used only by the reading thread.
    private final Scan scan;

    /** @param batchBytes how much the events of one read may occupy on the heap, in bytes */
    Reader(
            EventStore store,
            Interest interest,
            LagPolicy lagPolicy,
            long batchBytes,
            Opening opening,
            LossListener listener) {
        this.store = store;
        this.interest = interest;
        this.liveFrom = opening.liveFrom();
        this.state = new AtomicReaderState(opening.state());
        this.ahead = new LookAhead(store, interest, state);
        this.losses = new Losses(store, interest, lagPolicy, opening, listener, state, ahead);
        this.scan = new Scan(interest, batchBytes);
    }

    /** The events of the life that is read. */
    EventStore store() {
        return store;
    }

    /** The cursor of the last event that was taken or skipped. */
    Cursor cursor() {
        return store.cursor(state.get().position());
    }

    /**
     * The cursor from which the stream can be resumed before it has begun. A cursor of another epoch is returned until
     * its gap was reported.
     */
    Cursor start() {
        Cursor former = losses.former();
        return former != null ? former : cursor();
    }

    /** The number of events still to be taken or skipped, without those that are lost. */
    long lag() {
        ReaderState now = state.get();
        return Math.max(0, store.recent().head() - now.lost());
    }

    /** True if the reader has lost client events by lagging since it last caught up. */
    boolean isLosing() {
        return state.get().lagging();
    }

    /** True while the reader takes events from before it was opened. */
    boolean isReplaying() {
        return state.get().position() < liveFrom;
    }

    /** The number of events from before it was opened that the reader has still to take. */
    long toReplay() {
        ReaderState now = state.get();
        long kept = store.invalidations().count(now.position(), now.lost(), interest);
        return kept + matching(now.lost(), liveFrom);
    }

    private long matching(long from, long to) {
        if (interest.isAll()) {
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

    /** Detects and counts what is lost by now, even while the reader is busy: see {@link Losses#detect}. */
    void detectLoss() {
        losses.detect();
    }

    /** Returns the gap that must be reported before anything else is read, if any: see {@link Losses#gap}. */
    @Nullable
    Gap gap() {
        return losses.gap();
    }

    /**
     * Takes what is available now, without waiting.
     *
     * @return the number of events; 0 if the reader has caught up; {@link #GAP_FIRST} if {@link #gap} has something to
     *     report
     */
    int read(Delivery[] into) {
        while (true) {
            ReaderState from = state.get();
            if (from.beforeGap()) {
                return GAP_FIRST;
            }
            if (from.inGap()) {
                scan.start(from.position(), into);
                boolean all = store.invalidations().read(scan, from.reported());
                if (losses.hasLateLoss(from)) { // checked after the read: an event that it missed may have been dropped
                    return GAP_FIRST;
                }
                long position = all ? from.reported() : scan.position();
                if (state.change(from, from.movedTo(position)) && scan.size() > 0) {
                    return scan.size();
                }
            } else {
                scan.start(from.position(), into);
                store.recent().read(scan);
                boolean moved = scan.position() == from.position() || state.change(from, from.movedTo(scan.position()));
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
        ReaderState now = state.get();
        return !now.beforeGap() && (!now.lagging() || state.change(now, now.caughtUp()));
    }

    /** Returns true if nothing is left to take or to report; false may be out of date at once. */
    boolean hasReadAll() {
        ReaderState now = state.get();
        return losses.former() == null
                && now.position() == now.lost()
                && now.position() >= store.recent().head();
    }

    private boolean lapped(long position) {
        return store.recent().head() > position
                && (store.recent().oldest() > position + 1 || store.recent().holeAfter(position) > position);
    }

    /** Returns true if a read would return events or a gap: see {@link LookAhead#hasNews}. */
    boolean hasNews() {
        return ahead.hasNews();
    }
}
