package app.metrics;

import http.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * An operation of an OpenAPI document: one method of one path.
 *
 * @param route the path, with parameters as {@code {name}}
 * @param method the HTTP method, in upper case
 * @param statuses the status codes that the document lists for the operation
 */
record OpenApiOperation(String route, String method, List<Integer> statuses) {

    private static final String RESPONSES = "responses";

    /** All operations of a document. */
    static List<OpenApiOperation> allIn(String openApi) {
        JsonNode root = Json.read(openApi.getBytes(StandardCharsets.UTF_8));
        return root.path("paths")
                .propertyStream()
                .flatMap(path -> operations(path.getKey(), path.getValue()))
                .toList();
    }

    private static Stream<OpenApiOperation> operations(String route, JsonNode path) {
        return path.propertyStream()
                .filter(member -> member.getValue().has(RESPONSES)) // not every member of a path is a method
                .map(method -> new OpenApiOperation(
                        route,
                        method.getKey().toUpperCase(Locale.ROOT),
                        method.getValue()
                                .path(RESPONSES)
                                .propertyStream()
                                .map(response -> Integer.valueOf(response.getKey()))
                                .toList()));
    }
}
