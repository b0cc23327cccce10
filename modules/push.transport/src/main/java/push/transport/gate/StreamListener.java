package push.transport.gate;

/** What the gate reports to a push stream. Any thread may call the methods. */
public interface StreamListener {

    /** The connection is gone. Idempotent. */
    void disconnected();

    /** A window that was shut may be open now. */
    void windowMayHaveGrown();

    /**
     * Checks whether the stream still makes progress. The supervisor calls this method four times a second, on one
     * thread.
     *
     * @param now the time on the scale of {@link StreamSupervisor#nanoTime}
     */
    void check(long now);
}
