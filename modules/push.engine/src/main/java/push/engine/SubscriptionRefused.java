package push.engine;

/** A subscription that the hub did not open. */
public final class SubscriptionRefused extends Exception {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** The hub is closed. */
        STOPPED,
        /** There are as many subscriptions as configured. */
        TOO_MANY
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
