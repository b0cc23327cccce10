package push.engine;

/** Thrown when the hub refuses to open a subscription. */
public final class SubscriptionRefused extends Exception {

    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final boolean beginsContest;

    /** Why the hub refuses a subscription. */
    public enum Reason {
        /** The hub is starting: the events that its log must contain are not yet published again. */
        STARTING,
        /** The log cannot be reached, or this hub has not yet read it. */
        LOG_UNAVAILABLE,
        /** The hub is closed. */
        STOPPED,
        /** The hub has the maximum number of subscriptions. */
        TOO_MANY,
        /** Several clients use the same id: it was taken over too often recently. */
        CONTESTED,
        /** The cursor is malformed, and the request asked to fail in this case. */
        MALFORMED_CURSOR,
        /** The hub cannot resume from the cursor, and the request asked to fail in this case. */
        CURSOR_OUT_OF_RANGE
    }

    SubscriptionRefused(Reason reason, String message) {
        this(reason, message, false);
    }

    private SubscriptionRefused(Reason reason, String message, boolean beginsContest) {
        super(message, null, false, false); // an expected answer, so no stack trace
        this.reason = reason;
        this.beginsContest = beginsContest;
    }

    static SubscriptionRefused logUnavailable() {
        return new SubscriptionRefused(Reason.LOG_UNAVAILABLE, "the event log is unavailable; try another hub");
    }

    /** @param begins whether no other subscription of the id was refused for this in the last minute */
    static SubscriptionRefused contested(boolean begins) {
        return new SubscriptionRefused(
                Reason.CONTESTED, "too many replacements: gateway_client_id is in use by more than one client", begins);
    }

    boolean beginsContest() {
        return beginsContest;
    }

    /** Returns why the hub refused the subscription. */
    public Reason reason() {
        return reason;
    }
}
