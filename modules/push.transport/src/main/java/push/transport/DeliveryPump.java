package push.transport;

import push.engine.Delivery;
import push.engine.Subscription;
import push.engine.Taken;

/**
 * Writes the deliveries of a subscription to its stream until the subscription ends, on the stream's own thread.
 *
 * <p>While this thread waits for deliveries, the {@link DispatcherCourier} writes new ones as far as it can without
 * waiting, and hands the rest back. This thread writes the rest, and then waits for deliveries again.
 */
final class DeliveryPump {

    private final Subscription subscription;
    private final DispatcherCourier courier;
    private final OutgoingBatch outgoing;
    private final StreamOutput output;

    DeliveryPump(Subscription subscription, DispatcherCourier courier, OutgoingBatch outgoing, StreamOutput output) {
        this.subscription = subscription;
        this.courier = courier;
        this.outgoing = outgoing;
        this.output = output;
    }

    /**
     * Delivers until the subscription ends. Must be called once, on the stream's own thread.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    void run() throws InterruptedException {
        Delivery[] batch = new Delivery[SharedFrames.BATCH];
        output.progress().done();
        courier.register();
        try {
            boolean more = true;
            while (more) {
                more = writeNext(batch);
            }
        } finally {
            outgoing.abandon();
        }
    }

    /** Waits for deliveries, and writes them; false if the subscription has ended. */
    private boolean writeNext(Delivery[] batch) throws InterruptedException {
        switch (subscription.take(batch)) {
            case Taken.Deliveries(int count) -> {
                output.progress().advance();
                outgoing.begin(batch, count);
                outgoing.enqueue(batch, 0, count);
            }
            case Taken.HandedBack _ -> {
                output.progress().advance();
                courier.finish();
            }
            case Taken.Ended _ -> {
                return false;
            }
        }
        output.write(outgoing.pending(), subscription);
        outgoing.complete();
        output.progress().done();
        return true;
    }
}
