package push.engine;

import org.jspecify.annotations.Nullable;
import push.engine.Notice.Gap;

/**
 * What a reader loses, and the gaps that report it.
 *
 * <p>{@link #detect} is safe for any thread. All other methods are for the reading thread.
 */
final class Losses {

    private final EventStore store;
    private final Interest interest;
    private final LagPolicy lagPolicy;
    private final long liveFrom;
    private final LossListener listener;
    private final AtomicReaderState state;
    private final LookAhead ahead;

    // Used only by the reading thread.
    private @Nullable Cursor former;
    private long invalidationsReportedMissing;

    Losses(
            EventStore store,
            Interest interest,
            LagPolicy lagPolicy,
            Opening opening,
            LossListener listener,
            AtomicReaderState state,
            LookAhead ahead) {
        this.store = store;
        this.interest = interest;
        this.lagPolicy = lagPolicy;
        this.liveFrom = opening.liveFrom();
        this.former = opening.former();
        this.listener = listener;
        this.state = state;
        this.ahead = ahead;
    }

    /**
     * Detects and counts what is lost by now, even while the reader is busy. Events that do not match are skipped
     * first: a reader does not lag behind them.
     */
    void detect() {
        while (true) {
            ReaderState from = state.get();
            long head = store.recent().head(); // must be read before the oldest: see LagPolicy
            long hole = store.recent().holeAfter(from.lost());
            boolean isHole = hole > from.lost();
            long lost = isHole
                    ? hole
                    : lagPolicy.floor(from.lost(), liveFrom, store.recent().oldest(), head);
            if (lost == from.lost()) {
                return;
            }
            if (from.position() == from.lost() && ahead.skipUnwanted(from)) {
                continue;
            }
            long missed = store.clientEvents(from.lost(), lost, interest);
            ReaderState to = isHole ? from.skipping(lost, missed) : from.losing(lost, missed);
            if (state.change(from, to) && !isHole) {
                if (missed > 0) {
                    listener.lost(missed, !from.lagging());
                }
                return;
            }
        }
    }

    /**
     * The cursor of another epoch from which the reader resumed; null if there was none, or once its gap was reported.
     */
    @Nullable
    Cursor former() {
        return former;
    }

    /**
     * Returns the gap that must be reported before anything else is read; null if there is none. The returned gap
     * counts as reported from now on.
     */
    @Nullable
    Gap gap() {
        detect();
        while (true) {
            ReaderState from = state.get();
            if (from.inGap()) {
                return lateGap(from);
            }
            if (!from.beforeGap() && former == null) {
                return null;
            }
            // If no invalidation was retained, there is nothing to take before the end of the gap.
            boolean passed = !store.invalidations().has(from.position(), from.lost(), interest);
            ReaderState to = passed ? from.reportedAll().movedTo(from.lost()) : from.reportedAll();
            boolean invalidationsMissed =
                    former != null || store.hasLostInvalidations(from.position(), from.lost(), interest);
            if (state.change(from, to)) {
                Cursor start = former != null ? former : store.cursor(from.position());
                former = null;
                if (invalidationsMissed) {
                    invalidationsReportedMissing = from.lost();
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
        if (!hasLateLoss(within)) {
            return null;
        }
        invalidationsReportedMissing = within.reported();
        Cursor start = store.cursor(within.position());
        return new Gap(start, start, store.cursor(within.reported()), 0, Gap.Reason.SLOW_CONSUMER, true);
    }

    /** Within a gap: returns true if an invalidation that was retained when the gap was reported may be lost by now. */
    boolean hasLateLoss(ReaderState within) {
        return invalidationsReportedMissing < within.reported()
                && store.hasLostInvalidations(within.position(), within.reported(), interest);
    }
}
