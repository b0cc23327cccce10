package push.transport.gate;

/** Decides what to do about a silent peer. For one thread, which checks now and then. */
final class Silence {

    /** What to do next. */
    enum Step {
        /** Nothing. */
        WAIT,
        /** Send a PING, which every live peer acknowledges. */
        ASK,
        /** Cut the connection. */
        GIVE_UP
    }

    private boolean asked;
    private long askedAt;

    /**
     * The next step. The PING is sent after a third of the limit, so that it may wait behind other bytes for the rest
     * of the limit. That rest must also have passed since the PING, so that a late check cuts no peer that had no time
     * to answer.
     *
     * @param now the time on the scale of {@link StreamSupervisor#nanoTime}
     * @param heard when the peer was last heard, on the same scale
     * @param limit how long a peer may be silent, in nanoseconds
     */
    Step step(long now, long heard, long limit) {
        long silent = now - heard;
        long untilAsked = limit / 3;
        if (silent < untilAsked) {
            asked = false;
            return Step.WAIT;
        }
        if (!asked || heard - askedAt > 0) {
            asked = true;
            askedAt = now;
            return Step.ASK;
        }
        return silent >= limit && now - askedAt >= limit - untilAsked ? Step.GIVE_UP : Step.WAIT;
    }

    /** No answer is expected from the peer any more. */
    void reset() {
        asked = false;
    }
}
