package push.transport.gate;

/** What to do about a peer that says nothing. For one thread, which looks now and then. */
final class Silence {

    /** What to do. */
    enum Step {
        /** Nothing. */
        WAIT,
        /** Ask for an answer, which any peer that lives gives. */
        ASK,
        /** Cut it. */
        GIVE_UP
    }

    private boolean asked;
    private long askedAt;

    /**
     * The next step: asks after a third of the limit, so that the question may wait behind other bytes for the rest of it.
     * That rest must then pass, too, so that a look that comes late cuts nobody who had no time to answer.
     *
     * @param now on the scale of {@link StreamSupervisor#nanoTime}
     * @param heard when something was heard last, on the same scale
     * @param limit how many nanoseconds of silence are too many
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

    /** Nothing is expected of the peer. */
    void reset() {
        asked = false;
    }
}
