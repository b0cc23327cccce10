package push.transport.gate;

/** Decides what to do about a silent peer. For one thread, which checks now and then. */
final class KeepaliveCheck {

    /** What to do next. */
    enum Action {
        /** Nothing. */
        NONE,
        /** Send a PING, which every live peer acknowledges. */
        PING,
        /** Cut the connection. */
        CUT
    }

    private boolean pingSent;
    private long pingSentAt;

    /**
     * The next step. The PING is sent after a third of the limit, so that it may wait behind other bytes for the rest
     * of the limit. That rest must also have passed since the PING, so that a late check cuts no peer that had no time
     * to answer.
     *
     * @param now the time on the scale of {@link StreamSupervisor#nanoTime}
     * @param heard when the peer was last heard, on the same scale
     * @param limit how long a peer may be silent, in nanoseconds
     */
    Action next(long now, long heard, long limit) {
        long silent = now - heard;
        long untilPing = limit / 3;
        if (silent < untilPing) {
            pingSent = false;
            return Action.NONE;
        }
        if (!pingSent || heard - pingSentAt > 0) {
            pingSent = true;
            pingSentAt = now;
            return Action.PING;
        }
        return silent >= limit && now - pingSentAt >= limit - untilPing ? Action.CUT : Action.NONE;
    }

    /** No answer is expected from the peer any more. */
    void reset() {
        pingSent = false;
    }
}
