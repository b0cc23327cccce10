package push.engine;

/** What to do with a cursor after which events are gone, or that is of another life of the log. */
public enum StalePolicy {
    /** Leave out what there is, and go on with what comes. */
    LIVE_TAIL,
    /** Go on with the oldest event that there is. */
    OLDEST_RETAINED,
    /** Refuse the subscription, as any other cursor that can't be served. */
    FAIL
}
