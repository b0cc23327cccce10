package push.gateway;

import io.helidon.tracing.Scope;
import io.helidon.tracing.Span;
import io.helidon.tracing.Tracer;
import push.protocol.v1.PushEvent;
import push.tracing.TraceParent;

/**
 * A handler that records a span while another handler handles a traced event. The span belongs to a separate trace and
 * has a link to the span that published the event. The new span is the current span during the call. Safe for any
 * number of threads if the other handler is.
 */
public final class TracingHandler implements EventHandler {

    private final Tracer tracer;
    private final EventHandler next;

    /**
     * Wraps a handler.
     *
     * @param tracer the tracer that decides which spans are recorded; usually {@link push.tracing.Tracing#deliveries}
     * @param next the handler that handles the events; what it throws is recorded in the span and rethrown
     */
    public TracingHandler(Tracer tracer, EventHandler next) {
        this.tracer = tracer;
        this.next = next;
    }

    @Override
    public void handle(PushEvent event) throws Exception {
        if (TraceParent.isRecorded(event.getTraceparent())) {
            trace(event);
        } else {
            next.handle(event);
        }
    }

    private void trace(PushEvent event) throws Exception {
        String kind = event.hasSessionInvalidation() ? "session_invalidation" : "client_event";
        Span.Builder<?> builder =
                tracer.spanBuilder("handle " + kind).kind(Span.Kind.CONSUMER).tag("push.cursor", event.getCursor());
        TraceParent.link(builder, event.getTraceparent());
        Span span = builder.start();
        try (Scope _ = span.activate()) {
            next.handle(event);
            span.end();
        } catch (Throwable e) {
            span.end(e);
            throw e;
        }
    }
}
