package app.tracing;

import io.helidon.tracing.Span;
import java.util.Locale;
import push.engine.EventTracer;
import push.engine.HubObserver.Kind;
import push.tracing.TraceParent;
import push.tracing.Tracing;

/**
 * Records a span for the publication of an event, in the publisher's trace, and a child span for the append to the log.
 */
public final class EventTracing implements EventTracer {

    private final Tracing tracing;

    /** Records the spans with {@code tracing}. */
    public EventTracing(Tracing tracing) {
        this.tracing = tracing;
    }

    @Override
    public Step publishing(Kind kind, String eventId, String traceparent) {
        String name = "publish " + kind.name().toLowerCase(Locale.ROOT);
        return new SpanStep(tracing.span(name, Span.Kind.PRODUCER, traceparent).tag("push.event_id", eventId));
    }

    @Override
    public Step appending(String traceparent) {
        return new SpanStep(tracing.span("append", Span.Kind.INTERNAL, traceparent));
    }

    private final class SpanStep implements Step {

        private final Span span;
        private boolean taken;

        SpanStep(Span.Builder<?> builder) {
            this.span = builder.start();
        }

        @Override
        public String traceparent() {
            return TraceParent.of(tracing.tracer(), span);
        }

        @Override
        public void taken(String cursor) {
            span.tag("push.cursor", cursor);
            taken = true;
        }

        @Override
        public void close() {
            if (!taken) {
                span.status(Span.Status.ERROR);
            }
            span.end();
        }
    }
}
