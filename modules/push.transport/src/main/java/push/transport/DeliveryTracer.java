package push.transport;

import push.engine.Delivery;

/**
 * Follows deliveries to their gateways, for distributed tracing. Called by whoever writes them: must not wait or throw.
 */
public interface DeliveryTracer {

    /**
     * A batch is about to be written.
     *
     * @param batch not to be changed, nor kept: it is used again
     * @param size how many of its first elements count, at least 1
     */
    Batch delivering(String gatewayClientId, Delivery[] batch, int size);

    /** Follows nothing. */
    static DeliveryTracer none() {
        return (gatewayClientId, batch, size) -> Batch.UNTRACED;
    }

    /** A batch on its way, until it is closed. For one thread at a time. */
    interface Batch extends AutoCloseable {

        /** One that nobody follows. */
        Batch UNTRACED = new Batch() {
            @Override
            public void written() {}

            @Override
            public void close() {}
        };

        /** All of it was written. Without it, the stream ended before. */
        void written();

        @Override
        void close();
    }
}
