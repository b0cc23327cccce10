package push.engine;

/** Why a subscription ended. */
public enum End {
    /** A newer subscription with the same id replaced this one. */
    REPLACED,
    /** The hub was closed. */
    STOPPED,
    /** The gateway read nothing for too long. */
    STALLED,
    /** The reader must open the subscription again; the hub continues. */
    RECONNECT,
    /** The deadline of the reader's call passed. */
    DEADLINE_EXCEEDED,
    /** The gateway's credentials have expired, or are no longer valid for another reason. */
    UNAUTHENTICATED,
    /** The gateway's credentials are valid, but no longer allow the subscription. */
    DENIED,
    /** The reader ended it. */
    CANCELLED,
    /** The reader's connection was lost. */
    DISCONNECTED,
    /** The hub failed to serve the subscription. */
    FAILED
}
