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
 * @param route its path, with parameters as {@code {name}}
 * @param method in upper case
 * @param statuses those that it may be answered with
 */
record DescribedCall(String route, String method, List<Integer> statuses) {

    private static final String RESPONSES = "responses";

    /** All calls of a document. */
    static List<DescribedCall> in(String openApi) {
        JsonNode root = Json.read(openApi.getBytes(StandardCharsets.UTF_8));
        return root.path("paths")
                .propertyStream()
                .flatMap(path -> operations(path.getKey(), path.getValue()))
                .toList();
    }

    private static Stream<DescribedCall> operations(String route, JsonNode path) {
        return path.propertyStream()
                .filter(member -> member.getValue().has(RESPONSES)) // a path has members that are no methods
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
