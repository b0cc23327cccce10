package conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server between a publisher and a hub that makes the first requests fail. Thread-safe. */
final class UnreliableServer implements AutoCloseable {

    private final HubApi hub;
    private final Queue<Failure> failures;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** How a request fails. */
    enum Failure {
        /** The request is refused, as by a stopping hub. */
        STOPPED,
        /** The connection breaks before the request reaches the hub. */
        CUT,
        /** The hub accepts the request, and the connection breaks before the response. */
        ANSWER_LOST,
        /** The hub accepts the request, and a proxy does not wait for the response. */
        GATEWAY_TIMEOUT,
        /** The request is refused permanently. */
        UNFIT
    }

    /** A received request. */
    record Received(String method, String path, String key, String body) {}

    /** Starts the server. Each request has the next failure; the requests after the last failure succeed. */
    UnreliableServer(HubApi hub, List<Failure> failures) throws IOException {
        this.hub = hub;
        this.failures = new ConcurrentLinkedQueue<>(failures);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** All requests so far, in order. */
    List<Received> received() {
        return List.copyOf(received);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            Received request = new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    key == null ? "" : key,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            received.add(request);
            Failure failure = failures.poll();
            if (failure == null) {
                HubApi.Answer answer = forward(request);
                answer(exchange, answer.status(), answer.body());
                return;
            }
            switch (failure) {
                case STOPPED -> {
                    exchange.getResponseHeaders().add("Retry-After", "1");
                    answer(exchange, 503, "{\"type\":\"/problems/stopped\"}");
                }
                case CUT -> {}
                case ANSWER_LOST -> forward(request);
                case GATEWAY_TIMEOUT -> {
                    forward(request);
                    answer(exchange, 504, "<html>a page of a proxy</html>");
                }
                case UNFIT -> answer(exchange, 422, "{\"type\":\"/problems/payload-does-not-fit\"}");
            }
        }
    }

    private HubApi.Answer forward(Received request) throws IOException {
        try {
            return hub.call(request.method(), request.path(), request.body(), "Idempotency-Key", request.key());
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
