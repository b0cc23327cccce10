package http;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Turns every error of a server into {@code application/problem+json} (RFC 9457). */
public final class Problems {

    private static final System.Logger LOG = System.getLogger(Problems.class.getName());
    private static final Header CONTENT_TYPE =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/problem+json");
    private static final String FAILED = "the server failed; the reason is in its log";

    private Problems() {}

    /** Adds the routes to a server, with the {@linkplain HttpSettings#defaults() default settings}. */
    public static void serve(WebServerConfig.Builder server, Consumer<HttpRouting.Builder> routes) {
        serve(server, HttpSettings.defaults(), routes);
    }

    /** Adds the routes to a server. Every error in a handler, or before a request reaches one, becomes a problem. */
    public static void serve(
            WebServerConfig.Builder server, HttpSettings settings, Consumer<HttpRouting.Builder> routes) {
        ResponseMemory responses = ResponseMemory.ofTheHeap();
        server.directHandlers(directHandlers()).routing(routing -> {
            routing.addFilter(new ObservedRequests(settings.observer()));
            routing.addFilter(new RequestIds());
            routing.addFilter(new ConnectionCloseFilter());
            routing.addFilter(new RequestGuard(settings.hosts()));
            routing.addFilter(new AccessFilter(settings.access())); // before any filter that reads the body
            routing.addFilter(new MediaTypeGuard());
            routing.addFilter(new RequestMemory.MemoryFilter(settings.budget(), responses));
            routes.accept(routing);
            addTo(routing);
        });
    }

    /** Handles the errors that the server detects itself, before a handler is called. */
    private static DirectHandlers directHandlers() {
        DirectHandler handler = (request, type, status, headers, message) -> {
            // The server's own message may quote the request or reveal internals. The status is enough.
            String requestId = RequestIds.nameFor(request.headers());
            Status reported = reported(request, type, status);
            headers.set(CONTENT_TYPE);
            headers.set(RequestIds.HEADER, requestId);
            return DirectHandler.TransportResponse.builder()
                    .status(reported)
                    .headers(headers)
                    .keepAlive(type.keepAlive())
                    .entity(body(new Problem(reported, directDetail(type, reported)), requestId))
                    .build();
        };
        DirectHandlers.Builder all = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            all.addHandler(type, handler);
        }
        return all.build();
    }

    private static Status reported(DirectHandler.TransportRequest request, EventType type, Status status) {
        if (isUnread(request, type)) {
            return Status.BAD_REQUEST_400;
        }
        // With HTTP/1, the server itself refuses an encoded body, with the status for any invalid request.
        boolean encoded = type == EventType.BAD_REQUEST && request.headers().contains(HeaderNames.CONTENT_ENCODING);
        return encoded ? Status.UNSUPPORTED_MEDIA_TYPE_415 : status;
    }

    /**
     * Whether the server failed on bytes that did not become a request. Then the caller is at fault, not the server.
     */
    private static boolean isUnread(DirectHandler.TransportRequest request, EventType type) {
        return type == EventType.INTERNAL_ERROR && request.method().isEmpty();
    }

    private static String directDetail(EventType type, Status status) {
        if (type == EventType.PAYLOAD_TOO_LARGE) {
            return "the body is too large";
        }
        if (status.equals(Status.UNSUPPORTED_MEDIA_TYPE_415)) {
            return JsonMediaType.NO_ENCODING;
        }
        return status.family() == Status.Family.SERVER_ERROR && type == EventType.INTERNAL_ERROR
                ? FAILED
                : "the request is malformed: " + status.reasonPhrase();
    }

    /**
     * Answers a request with a problem when its handler throws a failure of this class. The problem is all that the
     * caller may know.
     */
    public static <T extends Throwable> void translate(
            HttpRouting.Builder routing, Class<T> failure, Supplier<Problem> problem) {
        translate(routing, failure, _ -> problem.get());
    }

    /** As {@link #translate(HttpRouting.Builder, Class, Supplier)}, with a problem that depends on the failure. */
    public static <T extends Throwable> void translate(
            HttpRouting.Builder routing, Class<T> failure, Function<T, Problem> problem) {
        routing.error(failure, (request, response, e) -> {
            LOG.log(DEBUG, "a request was refused temporarily: " + e.getMessage());
            send(request, response, problem.apply(e));
        });
    }

    /** Handles exceptions from handlers, and unknown paths. Call it after all other routes are added. */
    private static void addTo(HttpRouting.Builder routing) {
        routing.error(Problem.class, Problems::send)
                .error(HttpException.class, (request, response, e) -> send(request, response, problem(e)))
                .error(Throwable.class, Problems::fail)
                .any((request, response) -> {
                    throw Problem.notFound("there is no resource at this path");
                });
    }

    private static Problem problem(HttpException e) {
        return e.status().code() < Status.INTERNAL_SERVER_ERROR_500.code()
                ? new Problem(e.status(), String.valueOf(e.getMessage()))
                : failure(e.status());
    }

    private static Problem failure(Status status) {
        return new Problem(status, FAILED);
    }

    /** Logs a failure of the server, and sends a problem that does not reveal it. */
    static void fail(ServerRequest request, ServerResponse response, Throwable failure) {
        String id = response.headers().get(RequestIds.HEADER).get();
        LOG.log(ERROR, "a request failed: " + request.prologue().method() + ", X-Request-Id " + id, failure);
        send(request, response, failure(Status.INTERNAL_SERVER_ERROR_500));
    }

    /** Sends a problem as the response. */
    static void send(ServerRequest request, ServerResponse response, Problem problem) {
        response.status(problem.status()).header(CONTENT_TYPE);
        ConnectionCloseFilter.addHeader(request, response);
        problem.retryAfter()
                .ifPresent(after -> response.header(HeaderNames.RETRY_AFTER, Long.toString(after.toSeconds())));
        String requestId = response.headers().get(RequestIds.HEADER).get();
        Bodies.send(request, response, body(problem, requestId));
    }

    private static byte[] body(Problem problem, String requestId) {
        Map<String, Object> members = problem.members();
        members.put("request_id", requestId);
        return Json.MAPPER.writeValueAsBytes(members);
    }
}
