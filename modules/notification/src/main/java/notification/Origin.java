package notification;

import http.RequestIds;
import http.TraceContext;
import io.helidon.webserver.http.ServerRequest;

/**
 * What caused a notification, as the headers of its request tell.
 *
 * @param requestId the caller's {@code X-Request-Id}; empty without one
 * @param traceId the trace that the request's caller belongs to; empty without one
 * @param traceparent the trace context in which the request's work goes on; empty without one
 */
record Origin(String requestId, String traceId, String traceparent) {

    static Origin of(ServerRequest request) {
        return new Origin(
                RequestIds.of(request).orElse(""),
                TraceContext.ofCaller(request).traceId(),
                TraceContext.of(request).traceparent());
    }
}
