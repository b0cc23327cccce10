package app.cli;

import gateway.ClientTls;
import gateway.Failures;
import gateway.Target;
import gateway.TokenFile;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The client for the hub's HTTP API. Every failure is a {@link CliException}. */
final class HubHttp {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Target target;
    private final boolean secured;
    private final Optional<TokenFile> token;
    private final HttpClient client;

    HubHttp(Access access) {
        this.target = access.target();
        this.secured = access.tls().isPresent();
        this.token = access.token();
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT);
        access.tls().map(ClientTls::context).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    JsonNode get(String path) {
        return send(request(path).GET());
    }

    JsonNode post(String path, Object body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(http.Json.MAPPER.writeValueAsBytes(body))));
    }

    JsonNode delete(String path, String reason) {
        String query = reason.isEmpty() ? "" : "?reason=" + URLEncoder.encode(reason, StandardCharsets.UTF_8);
        return send(request(path + query).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        String scheme = secured ? "https://" : "http://";
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(scheme + target + path)).timeout(TIMEOUT);
        token.ifPresent(file -> request.header("Authorization", file.authorization()));
        return request;
    }

    private JsonNode send(HttpRequest.Builder request) {
        HttpResponse<byte[]> response = exchange(request.build());
        JsonNode body = parse(response);
        if (response.statusCode() >= 300) {
            throw new CliException("the hub at " + target + " refused: "
                    + body.path("detail").asString("HTTP status " + response.statusCode()));
        }
        return body;
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            throw new CliException(
                    "no hub answers at " + target + "; start one with `push serve`, or name another with --target");
        } catch (IOException e) {
            String advice = secured ? "; see --ca, --cert and --key" : "; if it speaks TLS, add --tls";
            throw new CliException("the hub at " + target + " did not answer: " + Failures.reason(e) + advice);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted while waiting for " + target);
        }
    }

    private JsonNode parse(HttpResponse<byte[]> response) {
        try {
            return http.Json.read(response.body());
        } catch (IllegalArgumentException e) {
            throw new CliException("what listens at " + target + " is no hub: its answer is no JSON");
        }
    }
}
