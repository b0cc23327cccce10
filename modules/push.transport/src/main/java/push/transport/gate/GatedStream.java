package push.transport.gate;

/** What the gate tells a push stream. Any thread may call each method. */
public interface GatedStream {

    /** The connection is gone. Idempotent. */
    void disconnected();

    /** A window that was shut may be open now. */
    void windowMayHaveGrown();

    /**
     * Looks whether the stream still makes progress. The supervisor calls this method four times a second, on one
     * thread.
     *
     * @param now on the scale of {@link StreamSupervisor#nanoTime}
     */
    void look(long now);
}
