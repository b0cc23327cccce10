package push.engine;

/** How the hub understood the cursor of a new subscription. */
public enum Resume {
    /** There was no cursor, or the request asked for everything retained. */
    FRESH,
    /** Every event after the cursor is replayed. */
    RESUMED,
    /** Events after the cursor are no longer retained. */
    STALE,
    /** The text is not a cursor. */
    MALFORMED,
    /** The cursor is of another epoch. */
    OTHER_EPOCH,
    /** The cursor is past the end of the log. */
    FUTURE
}
