package conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A hub's HTTP calls. */
public final class HubApi implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();
    // One client for each hub: two hubs may use the same port in turn, and pooled connections would lead to the former
    // one.
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final Supplier<String> hub;

    HubApi(int port) {
        this(port, () -> "the hub is on port " + port);
    }

    /** @param hub describes the hub for the message of a call that gets no answer */
    HubApi(int port, Supplier<String> hub) {
        this.port = port;
        this.hub = hub;
    }

    /** An answer: its status, its content type, and its body as text. */
    public record Answer(int status, String contentType, String body) {

        /** The body as JSON. */
        public JsonNode json() {
            return MAPPER.readTree(body);
        }
    }

    /** Makes a call. An empty body means that the request has none. */
    public Answer call(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response;
        try {
            response = client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException("no answer to " + method + " " + path + "; " + hub.get(), e);
        }
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body());
    }

    /** Publishes a client event for a user, and returns its cursor. */
    public String notify(String user, String kind, String payload) throws Exception {
        Answer answer = call(
                "POST",
                "/api/v1/notifications",
                "{\"user_id\":\"%s\",\"kind\":\"%s\",\"payload\":%s}".formatted(user, kind, payload));
        if (answer.status() != 202) {
            throw new AssertionError("not accepted: " + answer);
        }
        return answer.json().path("cursor").asString();
    }

    /** The hub's state. */
    public JsonNode status() throws Exception {
        return call("GET", "/api/v1/push/status", "").json();
    }

    /**
     * The value of a series in the metrics. Its name includes the labels as printed. Returns 0 if the series is
     * missing.
     */
    public double metric(String series) throws Exception {
        Pattern line = Pattern.compile("^" + Pattern.quote(series) + " (\\S+)$", Pattern.MULTILINE);
        return line.matcher(call("GET", "/observe/metrics", "").body().replace(",}", "}"))
                .results()
                .map((MatchResult match) -> match.group(1))
                .mapToDouble(Double::parseDouble)
                .sum();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
