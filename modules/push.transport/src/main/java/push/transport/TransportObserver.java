package push.transport;

/** Receives the events of streams and connections, for metrics. Any thread may call it; it must not wait or throw. */
public interface TransportObserver {

    /**
     * A batch of events was written completely.
     *
     * @param appendedNanos when the oldest event of the batch was appended, on the scale of {@link System#nanoTime}
     */
    void wrote(long appendedNanos);

    /**
     * A push stream ended, or was refused.
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

    /** An observer that does nothing. */
    static TransportObserver none() {
        return new TransportObserver() {
            @Override
            public void wrote(long appendedNanos) {}

            @Override
            public void ended(String status) {}
        };
    }
}
