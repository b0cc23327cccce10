package push.engine.spi;

/** Whether a log is current. */
public enum LogState {
    /** The log has not yet passed on all retained events. The hub refuses subscriptions. */
    CONNECTING,
    /** The log passes events on as they are stored. */
    READY,
    /** The log cannot be reached. The hub serves what it has, is not ready, and sends no heartbeats. */
    AWAY
}
