package app;

import http.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A call that the OpenAPI document describes.
 *
 * @param route the path, with parameters as {@code {name}}
 * @param method the HTTP method, in upper case
 * @param statuses the status codes that the document lists for the call
 */
record DescribedCall(String route, String method, List<Integer> statuses) {

    private static final String RESPONSES = "responses";

    /** All calls that a document describes. */
    static List<DescribedCall> in(String openApi) {
        JsonNode root = Json.read(openApi.getBytes(StandardCharsets.UTF_8));
        return root.path("paths")
                .propertyStream()
                .flatMap(path -> operations(path.getKey(), path.getValue()))
                .toList();
    }

    private static Stream<DescribedCall> operations(String route, JsonNode path) {
        return path.propertyStream()
                .filter(member -> member.getValue().has(RESPONSES)) // not every member of a path is a method
                .map(method -> new DescribedCall(
                        route,
                        method.getKey().toUpperCase(Locale.ROOT),
                        method.getValue()
                                .path(RESPONSES)
                                .propertyStream()
                                .map(response -> Integer.valueOf(response.getKey()))
                                .toList()));
    }
}
