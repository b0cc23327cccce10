package push.transport.gate;

/** A long stream on a connection, as the connection and its supervisor see it. Each method is for any thread. */
public interface GatedStream {

    /** The connection is gone. Idempotent. */
    void disconnected();

    /** A window that was shut may be open now. */
    void windowMayHaveGrown();

    /**
     * Looks whether the stream still makes progress. The supervisor calls this method four times a second, on one thread.
     *
     * @param now on the scale of {@link System#nanoTime}
     */
    void look(long now);
}
