package app.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import push.gateway.ClientTls;
import push.gateway.ConnectionFailures;
import push.gateway.Target;
import push.gateway.TokenFile;
import tools.jackson.databind.JsonNode;

/** The client for the hub's HTTP API. Every failure is a {@link CliException}. */
final class HubClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Target target;
    private final boolean secured;
    private final Optional<TokenFile> token;
    private final HttpClient client;

    HubClient(ConnectionOptions options) {
        this.target = options.target();
        this.secured = options.tls().isPresent();
        this.token = options.token();
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT);
        options.tls().map(ClientTls::context).ifPresent(builder::sslContext);
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
        if (response.statusCode() < 300) {
            return parse(response)
                    .orElseThrow(() ->
                            new CliException("the server at " + target + " is not a hub: its response is not JSON"));
        }
        throw new CliException(parse(response)
                .map(problem -> problem.path("detail").asString(""))
                .filter(detail -> !detail.isEmpty())
                .map(detail -> "the hub at " + target + " refused: " + detail)
                .orElseGet(() -> refusedByAnother(response.statusCode())));
    }

    /** A hub says what is wrong, so this is a proxy in front of it, or another server. */
    private String refusedByAnother(int status) {
        String advice = switch (status) {
            case 401 -> "; see --token-file";
            case 403 -> "; the token or the certificate does not permit this";
            case 404 -> "; a proxy may hide this path, so specify the hub itself with --target";
            case 502, 503, 504 -> "; the hub behind it does not respond";
            default -> secured ? "" : "; if it uses TLS, add --tls";
        };
        return "the server at " + target + " returned HTTP status " + status + ", but is not a hub" + advice;
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            String unknown = isUnresolved(e) ? " (unknown host)" : "";
            throw new CliException("no hub responds at " + target + unknown
                    + "; start one with `push serve`, or specify another with --target");
        } catch (IOException e) {
            throw new CliException(
                    "the hub at " + target + " did not respond: " + ConnectionFailures.reason(e) + advice(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted while waiting for the hub at " + target);
        }
    }

    private String advice(IOException failure) {
        if (!secured) {
            return "; if it uses TLS, add --tls";
        }
        return ConnectionFailures.isPlainText(failure) ? "; omit --tls and --ca" : "; see --ca, --cert and --key";
    }

    private static boolean isUnresolved(Throwable failure) {
        return failure instanceof UnresolvedAddressException
                || (failure.getCause() != null && isUnresolved(failure.getCause()));
    }

    private static Optional<JsonNode> parse(HttpResponse<byte[]> response) {
        try {
            return Optional.of(http.Json.read(response.body()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
