package app.tracing;

import io.helidon.tracing.Span;
import io.helidon.tracing.Tracer;
import java.util.ArrayList;
import java.util.List;
import push.engine.Delivery;
import push.engine.Entry;
import push.tracing.TraceParent;
import push.transport.DeliveryTracer;

/**
 * Records a span for each delivery of a traced event. The span starts a separate trace and links to the publication.
 */
public final class DeliveryTracing implements DeliveryTracer {

    private final Tracer tracer;

    /** @param tracer the tracer that decides which deliveries are recorded */
    public DeliveryTracing(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public Batch delivering(String gatewayClientId, Delivery[] batch, int size) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (batch[i] instanceof Entry entry && TraceParent.isRecorded(entry.traceparent())) {
                spans.add(span(gatewayClientId, entry));
            }
        }
        return spans.isEmpty() ? Batch.UNTRACED : new Traced(spans);
    }

    private Span span(String gatewayClientId, Entry entry) {
        Span.Builder<?> builder = tracer.spanBuilder("deliver")
                .kind(Span.Kind.PRODUCER)
                .tag("push.gateway_client_id", gatewayClientId)
                .tag("push.cursor", entry.cursor().toString());
        TraceParent.link(builder, entry.traceparent());
        return builder.start();
    }

    private static final class Traced implements Batch {

        private final List<Span> spans;
        private boolean written;

        Traced(List<Span> spans) {
            this.spans = spans;
        }

        @Override
        public void written() {
            written = true;
        }

        @Override
        public void close() {
            for (Span span : spans) {
                if (!written) {
                    span.status(Span.Status.ERROR);
                }
                span.end();
            }
        }
    }
}
