package push.transport;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import push.engine.Delivery;
import push.engine.Entry;

/**
 * The batch of deliveries that is being written to a stream: its bytes that wait to be written, and its trace. For one
 * thread at a time: the stream's own thread or, while that thread waits for deliveries, the dispatcher's.
 *
 * <p>A batch {@linkplain #begin begins} when it is taken. What cannot be written at once is {@linkplain #enqueue
 * enqueued}. The batch is {@linkplain #complete completed} once nothing of it waits, or {@linkplain #abandon abandoned}
 * when the stream ends first.
 */
final class OutgoingBatch {

    private final String gatewayClientId;
    private final DeliveryTracer tracer;
    private final TransportObserver observer;
    private final PendingMessages pending = new PendingMessages();
    private DeliveryTracer.@Nullable Batch trace;
    private @Nullable Entry first;

    OutgoingBatch(String gatewayClientId, DeliveryTracer tracer, TransportObserver observer) {
        this.gatewayClientId = gatewayClientId;
        this.tracer = tracer;
        this.observer = observer;
    }

    /** Begins a batch with the first {@code size} deliveries of the array. Abandons an incomplete earlier batch. */
    void begin(Delivery[] deliveries, int size) {
        abandon();
        trace = tracer.delivering(gatewayClientId, deliveries, size);
        first = deliveries[0] instanceof Entry event ? event : null; // a notice is always alone
    }

    /** Queues these deliveries, and clears their places in the array, so that the deliveries can be freed. */
    void enqueue(Delivery[] deliveries, int from, int to) {
        for (int i = from; i < to; i++) {
            pending.add(GrpcMessage.of(deliveries[i]));
        }
        Arrays.fill(deliveries, from, to, null);
    }

    /** The messages that wait to be written. */
    PendingMessages pending() {
        return pending;
    }

    /** Reports the batch as written and closes its trace, unless a part of it waits to be written. */
    void complete() {
        DeliveryTracer.Batch open = trace;
        if (open == null || pending.bytes() > 0) {
            return;
        }
        Entry event = first;
        open.written();
        closeTrace();
        if (event != null) {
            observer.wrote(event.appendedNanos());
        }
    }

    /** Ends a batch that will not be completed. Has no effect if there is none. */
    void abandon() {
        closeTrace();
    }

    private void closeTrace() {
        DeliveryTracer.Batch open = trace;
        trace = null;
        first = null;
        if (open != null) {
            open.close();
        }
    }
}
