package notification;

import http.RequestIds;
import http.TraceContext;
import io.helidon.webserver.http.ServerRequest;

/**
 * The origin of a notification, from the headers of its request.
 *
 * @param requestId the caller's {@code X-Request-Id}; empty if there is none
 * @param traceId the id of the caller's trace; empty if there is none
 * @param traceparent the trace context for the processing of the request; empty if there is none
 */
record Origin(String requestId, String traceId, String traceparent) {

    static Origin of(ServerRequest request) {
        return new Origin(
                RequestIds.of(request).orElse(""),
                TraceContext.ofCaller(request).traceId(),
                TraceContext.of(request).traceparent());
    }
}
