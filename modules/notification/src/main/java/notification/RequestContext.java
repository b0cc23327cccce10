package notification;

import http.RequestIds;
import http.TraceContext;
import io.helidon.webserver.http.ServerRequest;

/**
 * The ids and the trace context of a request, from its headers. The events of the request carry them.
 *
 * @param requestId the caller's {@code X-Request-Id}; empty if there is none
 * @param traceId the id of the caller's trace; empty if there is none
 * @param traceparent the trace context for the processing of the request; empty if there is none
 */
record RequestContext(String requestId, String traceId, String traceparent) {

    static RequestContext of(ServerRequest request) {
        return new RequestContext(
                RequestIds.of(request).orElse(""),
                TraceContext.ofCaller(request).traceId(),
                TraceContext.of(request).traceparent());
    }
}
