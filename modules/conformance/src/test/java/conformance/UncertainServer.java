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

/** Stands between a publisher and a hub, and has some trouble with the first requests. Thread-safe. */
final class UncertainServer implements AutoCloseable {

    private final HubApi hub;
    private final Queue<Trouble> troubles;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** What becomes of one request. */
    enum Trouble {
        /** Refused, as by a hub that stops. */
        STOPPED,
        /** The connection breaks before the hub has the request. */
        CUT,
        /** The hub has taken it, and the connection breaks before the answer. */
        ANSWER_LOST,
        /** The hub has taken it, and a proxy does not wait for the answer. */
        GATEWAY_TIMEOUT,
        /** Refused for good. */
        UNFIT
    }

    /** A request, as it came. */
    record Received(String method, String path, String key, String body) {}

    /** Starts it; each request has the next trouble, and those after the last one go to the hub. */
    UncertainServer(HubApi hub, List<Trouble> troubles) throws IOException {
        this.hub = hub;
        this.troubles = new ConcurrentLinkedQueue<>(troubles);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** All requests so far, in their order. */
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
            Trouble trouble = troubles.poll();
            if (trouble == null) {
                HubApi.Answer answer = forward(request);
                answer(exchange, answer.status(), answer.body());
                return;
            }
            switch (trouble) {
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
