package push.transport;

import push.engine.Delivery;

/**
 * Traces deliveries to their gateways, for distributed tracing. The writing thread calls it: an implementation must not
 * wait or throw.
 */
public interface DeliveryTracer {

    /**
     * A batch is about to be written.
     *
     * @param batch the deliveries; the array is reused, so the tracer must neither change nor keep it
     * @param size the number of deliveries at the start of the array; at least 1
     */
    Batch delivering(String gatewayClientId, Delivery[] batch, int size);

    /** A tracer that does nothing. */
    static DeliveryTracer none() {
        return (gatewayClientId, batch, size) -> Batch.UNTRACED;
    }

    /** The trace of one batch, until it is closed. For one thread at a time. */
    interface Batch extends AutoCloseable {

        /** The trace of a batch that is not traced. */
        Batch UNTRACED = new Batch() {
            @Override
            public void written() {}

            @Override
            public void close() {}
        };

        /** The whole batch was written. Not called if the stream ends first. */
        void written();

        @Override
        void close();
    }
}
