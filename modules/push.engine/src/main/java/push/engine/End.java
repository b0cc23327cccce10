package push.engine;

/** Why a subscription ended. */
public enum End {
    /** A newer subscription of the same id took its place. */
    REPLACED,
    /** The hub closed. */
    STOPPED,
    /** Its reader took nothing for too long. */
    STALLED,
    /** The hub stays, and wants it to be opened anew. */
    DRAINED,
    /** Its reader had no time left for it. */
    DEADLINE_EXCEEDED,
    /** Its reader ended it. */
    CANCELLED,
    /** Its reader vanished without a word. */
    DISCONNECTED,
    /** The hub itself failed to serve it. */
    FAILED
}
