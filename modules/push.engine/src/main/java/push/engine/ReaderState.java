package push.engine;

import push.engine.Notice.Gap.Reason;

/**
 * Where a reader is in the log. {@code position}, {@code reported} and {@code lost} are sequences:
 *
 * <pre>
 *   … taken … position … reported gap … reported … gap to be reported … lost … to be read …
 * </pre>
 *
 * The client events up to {@code lost} are lost to the reader: from this range it receives only the retained
 * invalidations.
 *
 * @param position the last event that the reader has taken or skipped
 * @param reported the last event of the gap that was reported to the reader; at most {@code lost}
 * @param lost the last event that is lost to the reader; at least {@code position}
 * @param missed the number of client events lost between {@code reported} and {@code lost}
 * @param reason why these client events are lost
 * @param lagging true if the reader has lost client events by lagging since it last caught up
 */
record ReaderState(long position, long reported, long lost, long missed, Reason reason, boolean lagging) {

    ReaderState {
        if (position > lost || reported > lost) {
            throw new IllegalArgumentException("position " + position + " and reported " + reported
                    + " must not be beyond what is lost, which is " + lost);
        }
    }

    /** The state of a reader that has lost nothing. */
    static ReaderState at(long position) {
        return new ReaderState(position, position, position, 0, Reason.SLOW_CONSUMER, false);
    }

    /** True within a gap that was reported: only retained invalidations follow. */
    boolean inGap() {
        return position < reported;
    }

    /** True directly before a gap that must be reported. */
    boolean beforeGap() {
        return !inGap() && position < lost;
    }

    /**
     * The state after a further loss, because the reader lags too far. A gap that is not yet reported keeps its first
     * reason.
     */
    ReaderState losing(long through, long clientEvents) {
        return new ReaderState(position, reported, through, missed + clientEvents, reason, lagging || clientEvents > 0);
    }

    /** The state after a hole in the log, which is not the reader's fault. */
    ReaderState skipping(long through, long clientEvents) {
        Reason why = lost > reported ? reason : Reason.EVICTED; // a gap that is not yet reported keeps its first reason
        return new ReaderState(position, reported, through, missed + clientEvents, why, lagging);
    }

    /** The state after all losses were reported. Every later loss has the reason that the reader lags. */
    ReaderState reportedAll() {
        return new ReaderState(position, lost, lost, 0, Reason.SLOW_CONSUMER, lagging);
    }

    /** The state after the reader has taken or skipped everything up to {@code sequence}. */
    ReaderState movedTo(long sequence) {
        return new ReaderState(
                sequence, Math.max(reported, sequence), Math.max(lost, sequence), missed, reason, lagging);
    }

    /** The state after the reader has caught up: the next loss begins a new episode. */
    ReaderState caughtUp() {
        return new ReaderState(position, reported, lost, missed, reason, false);
    }
}
