package conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import testing.Await;

/** A collector of OTLP over HTTP that keeps the spans it receives. */
final class OtlpCollector implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /**
     * A received span.
     *
     * @param service the {@code service.name} of the sender
     */
    record Received(String service, Span span) {

        String traceId() {
            return hex(span.getTraceId().toByteArray());
        }

        String id() {
            return hex(span.getSpanId().toByteArray());
        }

        String parentId() {
            return hex(span.getParentSpanId().toByteArray());
        }

        /** The ids of the trace and the span of its only link. */
        String link() {
            Span.Link link = span.getLinksList().getFirst();
            return hex(link.getTraceId().toByteArray()) + "-"
                    + hex(link.getSpanId().toByteArray());
        }

        String attribute(String key) {
            return span.getAttributesList().stream()
                    .filter(attribute -> attribute.getKey().equals(key))
                    .map(attribute -> attribute.getValue().hasIntValue()
                            ? Long.toString(attribute.getValue().getIntValue())
                            : attribute.getValue().getStringValue())
                    .findFirst()
                    .orElse("");
        }

        private static String hex(byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
    }

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();

    OtlpCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            try (InputStream in = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
                keep(ExportTraceServiceRequest.parseFrom(in));
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void keep(ExportTraceServiceRequest request) {
        request.getResourceSpansList().forEach(resource -> {
            String service = resource.getResource().getAttributesList().stream()
                    .filter(attribute -> attribute.getKey().equals("service.name"))
                    .map(attribute -> attribute.getValue().getStringValue())
                    .findFirst()
                    .orElse("");
            resource.getScopeSpansList()
                    .forEach(scope -> scope.getSpansList().forEach(span -> received.add(new Received(service, span))));
        });
    }

    /** The spans of that name that were received so far. */
    List<Received> named(String name) {
        return received.stream()
                .filter(each -> each.span().getName().equals(name))
                .toList();
    }

    /** Waits for the first span of that name. */
    Received await(String name) throws Exception {
        return await(name, 1).getFirst();
    }

    /** Waits until there are {@code count} spans of that name, and returns all of them. */
    List<Received> await(String name, int count) throws Exception {
        Await.until(
                count + " spans " + name + " are received",
                TIMEOUT,
                () -> named(name).size() >= count);
        return named(name);
    }

    /** All spans that were received so far. */
    List<Received> all() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
