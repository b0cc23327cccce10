package notification;

import http.RequestIds;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

/**
 * What caused a notification, as the headers of its request tell.
 *
 * @param requestId the caller's {@code X-Request-Id}; empty without one
 * @param traceId the trace that the request belongs to; empty without one
 */
record Origin(String requestId, String traceId) {

    private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");

    static Origin of(ServerRequest request) {
        return new Origin(
                RequestIds.of(request).orElse(""),
                request.headers().first(TRACEPARENT).map(TraceParent::traceId).orElse(""));
    }
}
