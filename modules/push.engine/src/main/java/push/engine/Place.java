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
 */
record Place(long position, long told, long lost, long missed, Reason reason) {

    Place {
        if (position > lost || told > lost) {
            throw new IllegalArgumentException("position " + position + " and told " + told
                    + " must not be beyond what is lost, which is " + lost);
        }
    }

    /** Of a reader that has nothing lost to it. */
    static Place at(long position) {
        return new Place(position, position, position, 0, Reason.SLOW_CONSUMER);
    }

    /** Whether it is within a gap that it was told of: only kept invalidations come. */
    boolean inGap() {
        return position < told;
    }

    /** Whether it stands before a gap that it has to be told of. */
    boolean beforeGap() {
        return !inGap() && position < lost;
    }

    /** More is lost to it; why counts only where nothing is yet. */
    Place losing(long through, long clientEvents) {
        return new Place(position, told, through, missed + clientEvents, reason);
    }

    /** It was told of all that is lost. Within a gap the first one counts, so what comes after is for being slow. */
    Place toldAll() {
        return new Place(position, lost, lost, 0, Reason.SLOW_CONSUMER);
    }

    /** It has taken, or passed, everything up to there. */
    Place movedTo(long sequence) {
        return new Place(sequence, Math.max(told, sequence), Math.max(lost, sequence), missed, reason);
    }
}
