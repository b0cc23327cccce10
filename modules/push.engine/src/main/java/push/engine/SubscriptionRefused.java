package push.engine;

/** A subscription that the hub did not open. */
public final class SubscriptionRefused extends Exception {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** The hub has yet to be told what its log must have. */
        STARTING,
        /** The hub is closed. */
        STOPPED,
        /** There are as many subscriptions as configured. */
        TOO_MANY,
        /** The id is fought over: it was taken over too often of late. */
        CONTESTED,
        /** Its cursor is no cursor, and it asked to fail then. */
        MALFORMED_CURSOR,
        /** Its cursor can't be served, and it asked to fail then. */
        CURSOR_OUT_OF_RANGE
    }

    SubscriptionRefused(Reason reason, String message) {
        super(message, null, false, false); // an answer, not a failure: no stack trace
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
