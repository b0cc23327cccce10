package app;

import http.Json;
import http.Route;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Serves the description of the HTTP API: an OpenAPI 3.1 document, written by hand. */
public final class OpenApiRoutes implements HttpService {

    private final String document = document();

    /** The document, as JSON. */
    public static String document() {
        try (InputStream in = OpenApiRoutes.class.getResourceAsStream("openapi.json")) {
            return new String(Objects.requireNonNull(in, "openapi.json").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void routing(HttpRules rules) {
        Route.at("/openapi.json")
                .get((request, response) -> Json.sendText(request, response, Status.OK_200, document))
                .addTo(rules);
    }
}
