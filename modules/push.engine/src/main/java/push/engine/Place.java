package push.engine;

import push.engine.Notice.Gap.Reason;

/**
 * Where a reader stands. All three are sequences:
 *
 * <pre>
 *   … taken … position … told gap … told … gap to be told … lost … to be read …
 * </pre>
 *
 * Up to {@code lost} its client events are lost to it, and only the kept invalidations come.
 *
 * @param position the last event that it has taken or passed
 * @param told the last event of the gap that it was told of; at most {@code lost}
 * @param lost the last event that is lost to it; at least {@code position}
 * @param missed how many client events are lost to it between {@code told} and {@code lost}
 * @param reason why those are
 * @param lagging whether it has lost client events by lagging since it last caught up
 */
record Place(long position, long told, long lost, long missed, Reason reason, boolean lagging) {

    Place {
        if (position > lost || told > lost) {
            throw new IllegalArgumentException("position " + position + " and told " + told
                    + " must not be beyond what is lost, which is " + lost);
        }
    }

    /** Of a reader that has nothing lost to it. */
    static Place at(long position) {
        return new Place(position, position, position, 0, Reason.SLOW_CONSUMER, false);
    }

    /** Whether it is within a gap that it was told of: only kept invalidations come. */
    boolean inGap() {
        return position < told;
    }

    /** Whether it stands before a gap that it has to be told of. */
    boolean beforeGap() {
        return !inGap() && position < lost;
    }

    /** More is lost to it, as it lags too far. A gap that has yet to be told keeps its first reason. */
    Place losing(long through, long clientEvents) {
        return new Place(position, told, through, missed + clientEvents, reason, lagging || clientEvents > 0);
    }

    /** It was told of all that is lost. What it loses from now on, it loses by lagging. */
    Place toldAll() {
        return new Place(position, lost, lost, 0, Reason.SLOW_CONSUMER, lagging);
    }

    /** It has taken, or passed, everything up to there. */
    Place movedTo(long sequence) {
        return new Place(sequence, Math.max(told, sequence), Math.max(lost, sequence), missed, reason, lagging);
    }

    /** It has caught up: the next loss is a new episode. */
    Place caughtUp() {
        return new Place(position, told, lost, missed, reason, false);
    }
}
