package push.transport;

import java.util.Arrays;
import push.engine.Delivery;
import push.engine.Entry;
import push.engine.Subscription;

/** Carries what a subscription delivers to its stream, until it ends. For one thread. */
final class DeliveryPump {

    /** How many deliveries are taken at once, when there are as many. */
    private static final int BATCH = 128;

    private final Subscription subscription;
    private final StreamParts parts;
    private final StreamWriter writer;
    private final WriteProgress progress;
    private final PendingMessages pending = new PendingMessages();

    DeliveryPump(Subscription subscription, StreamParts parts, StreamWriter writer, WriteProgress progress) {
        this.subscription = subscription;
        this.parts = parts;
        this.writer = writer;
        this.progress = progress;
    }

    void run() throws InterruptedException {
        Delivery[] batch = new Delivery[BATCH];
        progress.done();
        for (int n = subscription.take(batch); n > 0; n = subscription.take(batch)) {
            progress.advance();
            Delivery first = batch[0];
            for (int i = 0; i < n; i++) {
                pending.add(batch[i].wire(parts.encoder()));
            }
            try (DeliveryTracer.Batch traced = parts.tracer().delivering(subscription.gatewayClientId(), batch, n)) {
                Arrays.fill(batch, 0, n, null); // what is written need not live on until there is something else
                writer.write(pending, progress, () -> subscription.end().isPresent());
                traced.written();
            }
            progress.done();
            if (first instanceof Entry event) {
                parts.observer().wrote(event.appendedNanos());
            }
        }
    }
}
