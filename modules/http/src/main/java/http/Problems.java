package http;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes every error of a server {@code application/problem+json} (RFC 9457). */
public final class Problems {

    private static final System.Logger LOG = System.getLogger(Problems.class.getName());
    private static final Header CONTENT_TYPE =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/problem+json");

    private Problems() {}

    /** Gives a server its routes; whatever goes wrong there, or before it comes to them, is a problem. */
    public static void serve(WebServerConfig.Builder server, Consumer<HttpRouting.Builder> routes) {
        server.directHandlers(directHandlers()).routing(routing -> {
            routes.accept(routing);
            addTo(routing);
        });
    }

    /** For the errors that the server finds by itself, before there is a handler. */
    private static DirectHandlers directHandlers() {
        DirectHandler handler = (request, type, status, headers, message) -> {
            // The server's own message may quote the request, or tell of the inside; the status says enough.
            headers.set(CONTENT_TYPE);
            return DirectHandler.TransportResponse.builder()
                    .status(status)
                    .headers(headers)
                    .keepAlive(type.keepAlive())
                    .entity(Json.MAPPER.writeValueAsBytes(body(status, directDetail(type, status))))
                    .build();
        };
        DirectHandlers.Builder all = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            all.addHandler(type, handler);
        }
        return all.build();
    }

    private static String directDetail(EventType type, Status status) {
        return switch (type) {
            case PAYLOAD_TOO_LARGE -> "the body is too large";
            case INTERNAL_ERROR -> "the server failed; its log says why";
            default -> "the request can't be understood: " + status.reasonPhrase();
        };
    }

    /** Has what handlers throw of this kind answered with a problem: it says all that the caller may know. */
    public static <T extends Throwable> void translate(
            HttpRouting.Builder routing, Class<T> failure, Supplier<Problem> problem) {
        routing.error(failure, (request, response, e) -> {
            LOG.log(DEBUG, "a request was put off: " + e.getMessage());
            send(request, response, problem.get());
        });
    }

    /** For what handlers throw, and for paths that nobody serves. Added after all other routes. */
    private static void addTo(HttpRouting.Builder routing) {
        routing.error(Problem.class, Problems::send)
                .error(
                        HttpException.class,
                        (request, response, e) -> send(
                                request,
                                response,
                                e.status(),
                                e.status().code() < Status.INTERNAL_SERVER_ERROR_500.code()
                                        ? String.valueOf(e.getMessage())
                                        : "the server failed; its log says why"))
                .error(Throwable.class, (request, response, e) -> {
                    LOG.log(ERROR, "a request failed: " + request.prologue().method(), e);
                    send(request, response, Status.INTERNAL_SERVER_ERROR_500, "the server failed; its log says why");
                })
                .any((request, response) -> {
                    throw Problem.notFound("there is nothing at this path");
                });
    }

    /** The last handler of a path: the methods before it are all that the path knows. */
    public static Handler methodNotAllowed(String allow) {
        return (request, response) -> {
            response.header(HeaderNames.ALLOW, allow);
            send(request, response, Status.METHOD_NOT_ALLOWED_405, "this path knows " + allow);
        };
    }

    private static void send(ServerRequest request, ServerResponse response, Problem problem) {
        problem.retryAfter()
                .ifPresent(after -> response.header(HeaderNames.RETRY_AFTER, Long.toString(after.toSeconds())));
        send(request, response, problem.status(), problem.detail());
    }

    private static void send(ServerRequest request, ServerResponse response, Status status, String detail) {
        response.status(status).header(CONTENT_TYPE);
        if (request.prologue().method().equals(Method.HEAD)) {
            response.send(); // an answer to HEAD has no body; one would be taken for the next answer
        } else {
            response.send(Json.MAPPER.writeValueAsBytes(body(status, detail)));
        }
    }

    private static Map<String, Object> body(Status status, String detail) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank"); // RFC 9457: the status says which problem it is
        body.put("title", status.reasonPhrase());
        body.put("status", status.code());
        body.put("detail", detail);
        return body;
    }
}
