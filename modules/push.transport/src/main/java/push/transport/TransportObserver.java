package push.transport;

/** Told what happens on the streams, for metrics. Called on any thread: must not wait or throw. */
public interface TransportObserver {

    /**
     * A batch was written, or as much of it as there was time for.
     *
     * @param appendedNanos when the event in it that had waited longest was appended, on the scale of
     *     {@link System#nanoTime}
     */
    void wrote(long appendedNanos);

    /**
     * A stream ended, or was refused.
     *
     * @param status the name of the gRPC status code
     */
    void ended(String status);

    /**
     * A connection was ended because of what its peer did.
     *
     * @param cause one of {@link PushTransport#connectionCauses}
     */
    default void connectionEnded(String cause) {}

    /** Hears nothing. */
    static TransportObserver none() {
        return new TransportObserver() {
            @Override
            public void wrote(long appendedNanos) {}

            @Override
            public void ended(String status) {}
        };
    }
}
