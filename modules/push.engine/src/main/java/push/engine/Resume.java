package push.engine;

/** How the cursor of a new subscription was understood. */
public enum Resume {
    /** There was none, or everything retained was asked for. */
    FRESH,
    /** Every event after it is replayed. */
    RESUMED,
    /** Events after it are no longer retained. */
    STALE,
    /** It is no cursor. */
    MALFORMED,
    /** It is of another life of the log. */
    OTHER_EPOCH,
    /** It is past the end of the log. */
    FUTURE
}
