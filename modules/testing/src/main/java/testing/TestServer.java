package testing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server on a free port, and a client that sends exactly what a test specifies. */
public final class TestServer implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final WebServer server;

    /** Starts a server whose routes {@code settings} has added. */
    public TestServer(Consumer<WebServerConfig.Builder> settings) {
        WebServerConfig.Builder builder =
                WebServer.builder().host("127.0.0.1").port(0).shutdownHook(false);
        settings.accept(builder);
        server = builder.build().start();
    }

    /** Returns the server's port. */
    public int port() {
        return server.port();
    }

    /** Sends a GET request. */
    public Answer get(String path) {
        return send("GET", path, "");
    }

    /** Sends a POST request with a body, by default of JSON. */
    public Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    /** Sends a request with a body, of JSON unless the headers name another content type. */
    public Answer send(String method, String path, String body, String... headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean typed = Arrays.stream(headers)
                .anyMatch(header -> header.toLowerCase(Locale.ROOT).startsWith("content-type:"));
        String type = typed || body.isEmpty() ? "" : "Content-Type: application/json\r\n";
        return raw(head(method, path, headers) + type + "Content-Length: " + bytes.length + "\r\n\r\n" + body);
    }

    /** Returns the lines of a request before the headers that describe the body. */
    public static String head(String method, String path, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: test\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.toString();
    }

    /** Sends a text unchanged, and reads one response. */
    public Answer raw(String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return Answer.read(socket.getInputStream(), request.startsWith("HEAD "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends a text unchanged, and reads one response, which must be the last data before the server closes the
     * connection.
     *
     * @param finished true to shut down the client's output after the request
     */
    public Answer last(String request, boolean finished) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            if (finished) {
                socket.shutdownOutput();
            }
            Answer answer = Answer.read(socket.getInputStream(), request.startsWith("HEAD "));
            assertThat(
                    "comes after " + answer,
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                    is(""));
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }

    /** A response; header names are case-insensitive. */
    public record Answer(int status, Map<String, String> headers, String body) {

        private static Answer read(InputStream in, boolean head) throws IOException {
            String statusLine = line(in);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                String[] header = line.split(": *", 2);
                headers.put(header[0], header[1]);
            }
            int length = head ? 0 : Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
            byte[] body = in.readNBytes(length);
            return new Answer(
                    Integer.parseInt(statusLine.split(" ", 3)[1]), headers, new String(body, StandardCharsets.UTF_8));
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new EOFException("the server closed the connection after \"" + line + "\"");
                }
                line.append((char) c);
            }
            return line.toString().stripTrailing();
        }

        /** Returns the JSON body of a successful response. */
        public JsonNode json(int expected) {
            assertThat(body, status, is(expected));
            assertThat(headers.get("Content-Type"), is("application/json"));
            return MAPPER.readTree(body);
        }

        /** Returns the single part of the request that a problem response is about. */
        public String field() {
            JsonNode errors = MAPPER.readTree(body).path("errors");
            assertThat(body, errors.size(), is(1));
            assertThat(errors.path(0).path("detail").stringValue().isBlank(), is(false));
            return errors.path(0).path("field").stringValue();
        }

        /** Returns the type of a problem response. */
        public String type() {
            return MAPPER.readTree(body).path("type").stringValue();
        }

        /**
         * Returns the detail of a problem response, after checking everything else in it against RFC 9457 and the
         * contract.
         */
        public String problem(int expected) {
            assertThat(body, status, is(expected));
            assertThat(headers.get("Content-Type"), is("application/problem+json"));
            JsonNode json = MAPPER.readTree(body);
            assertThat(
                    json.propertyNames().stream()
                            .filter(name -> !name.equals("errors"))
                            .toList(),
                    contains("type", "title", "status", "detail", "request_id"));
            assertThat(json.path("type").stringValue(), matchesPattern("about:blank|/problems/[a-z-]+"));
            assertThat(json.path("request_id").stringValue(), is(headers.get("X-Request-Id")));
            assertThat(json.path("title").stringValue().isBlank(), is(false));
            assertThat(json.path("status").intValue(), is(expected));
            assertThat(body, not(containsString("Exception")));
            assertThat(body, not(containsString(".java:")));
            return json.path("detail").stringValue();
        }
    }
}
