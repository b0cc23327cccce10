package app.tracing;

import http.TraceContext;
import io.helidon.tracing.Span;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import push.tracing.TraceParent;
import push.tracing.Tracing;

/** Records a span for each API request, from its arrival until its response is sent. */
public final class RequestTracing implements Filter {

    private static final String API = "/api/";
    private static final int SERVER_ERRORS = 500;

    private final Tracing tracing;

    /** Records the spans with {@code tracing}. */
    public RequestTracing(Tracing tracing) {
        this.tracing = tracing;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String path = request.path().path();
        if (path.startsWith(API)) { // health checks and scrapes are too frequent to trace
            trace(request, response, path);
        }
        chain.proceed();
    }

    private void trace(RoutingRequest request, RoutingResponse response, String path) {
        String method = request.prologue().method().text();
        Span span = tracing.span(
                        method, Span.Kind.SERVER, TraceContext.ofCaller(request).traceparent())
                .tag("http.request.method", method)
                .tag("url.path", path)
                .start();
        request.context().register(new TraceContext(TraceParent.of(tracing.tracer(), span)));
        response.whenSent(() -> {
            request.matchingPattern().ifPresent(route -> name(span, method, route));
            int status = response.status().code();
            span.tag("http.response.status_code", status);
            if (status >= SERVER_ERRORS) {
                span.status(Span.Status.ERROR);
            }
            span.end();
        });
    }

    /** Sets the route, which is known only after routing. Helidon's spans cannot be renamed; OpenTelemetry's can. */
    private static void name(Span span, String method, String route) {
        span.tag("http.route", route);
        span.unwrap(io.opentelemetry.api.trace.Span.class).updateName(method + " " + route);
    }
}
