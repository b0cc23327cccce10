package push.engine;

/** What to do if events after the cursor are no longer retained, or if the cursor is of another epoch. */
public enum StalePolicy {
    /** Skip all client events up to now; the retained invalidations are still delivered. */
    LIVE_TAIL,
    /** Continue with the oldest retained event. */
    OLDEST_RETAINED,
    /** Refuse the subscription, as with every other cursor from which the hub cannot resume. */
    FAIL
}
