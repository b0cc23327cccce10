package push.engine;

/** What remains for a subscription after a delivery. */
enum Remaining {
    /** Nothing, or nothing that the dispatcher can deliver. */
    NONE,
    /** Events that arrived during the delivery: the next round is soon enough. */
    SOME,
    /** Probably a batch or more, because the last batch was full: the next round begins at once. */
    FULL_BATCH
}
