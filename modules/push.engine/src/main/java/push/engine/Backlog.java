package push.engine;

/** What there is left for a subscription that was brought something. */
enum Backlog {
    /** Nothing, or nothing that the dispatcher can bring. */
    NONE,
    /** What came meanwhile: the next round is soon enough. */
    SOME,
    /** Probably a batch or more, as the last one was full: the next round begins at once. */
    FULL_BATCH
}
