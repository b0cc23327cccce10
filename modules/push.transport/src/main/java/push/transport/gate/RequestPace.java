package push.transport.gate;

/**
 * Measures how fast a peer sends its requests. Only the time in which the hub waits for bytes counts, not the time that
 * a handler takes. Thread-safe.
 */
final class RequestPace {

    private enum Phase {
        FIRST_HEAD,
        BETWEEN,
        HEAD,
        BODY,
        ANSWER
    }

    /** What to do about a peer. */
    enum Verdict {
        /** The peer is fast enough: nothing. */
        OK,
        /** The peer is too slow within a request: the gate answers with a 408. */
        TIMEOUT,
        /** The first head did not arrive in time: the gate closes the connection. */
        CLOSE
    }

    private final Http1Limits limits;

    // Guarded by this. Times are on the scale of StreamSupervisor.nanoTime; durations are in nanoseconds.
    private Phase phase = Phase.FIRST_HEAD;
    private boolean begun;
    private long since;
    private long inHead;
    private long inBody;
    private long bodyBytes;
    private boolean waiting;
    private long waitingSince;

    /** @param now when the connection began */
    RequestPace(Http1Limits limits, long now) {
        this.limits = limits;
        this.since = now;
    }

    /**
     * The hub waits for bytes.
     *
     * @param bodyBytesSoFar the length of the body, as far as it has arrived, in bytes
     */
    synchronized void waitBegins(long now, long bodyBytesSoFar) {
        waiting = true;
        bodyBytes = bodyBytesSoFar;
        waitingSince = now;
    }

    /** Bytes have arrived, or no more will. */
    synchronized void waitEnds(long now) {
        if (phase == Phase.BODY) {
            inBody += now - waitingSince;
        }
        waiting = false;
    }

    /** A part of the next head has arrived. */
    synchronized void headBegins(long now) {
        begun = true;
        if (phase == Phase.BETWEEN) {
            phase = Phase.HEAD;
            since = now;
        }
    }

    /** A head is complete. */
    synchronized void headEnds(long now, boolean hasBody) {
        inHead = phase == Phase.HEAD ? now - since : 0;
        inBody = 0;
        begun = true;
        phase = hasBody ? Phase.BODY : Phase.ANSWER;
    }

    /** The body is complete. */
    synchronized void bodyEnds() {
        phase = Phase.ANSWER;
    }

    /** Helidon asks for the next request. */
    synchronized void awaitsNext() {
        if (phase == Phase.ANSWER) {
            phase = Phase.BETWEEN;
            begun = false;
        }
    }

    /** How long no request has been in progress, in nanoseconds. */
    synchronized long idleNanos(long now) {
        return phase == Phase.BETWEEN && waiting ? now - waitingSince : 0;
    }

    /** Decides what to do about the peer now. */
    synchronized Verdict check(long now) {
        boolean headIsLate = now - since >= limits.head().toNanos();
        if (phase == Phase.FIRST_HEAD && headIsLate) {
            return Verdict.CLOSE; // Admission closes it at the same time, without a response
        }
        boolean late = switch (phase) {
            case FIRST_HEAD -> begun && isSilent(now);
            case HEAD -> headIsLate || isSilent(now);
            case BODY -> waiting && (isSilent(now) || isSlow(now));
            case BETWEEN, ANSWER -> false;
        };
        return late ? Verdict.TIMEOUT : Verdict.OK;
    }

    private boolean isSilent(long now) {
        return waiting && now - waitingSince >= limits.silence().toNanos();
    }

    private boolean isSlow(long now) {
        long waited = inBody + now - waitingSince;
        if (inHead + waited >= limits.request().toNanos()) {
            return true;
        }
        return waited >= limits.slow().toNanos() && bodyBytes < limits.minRate() * (waited / 1e9);
    }
}
