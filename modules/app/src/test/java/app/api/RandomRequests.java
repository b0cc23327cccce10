package app.api;

import app.api.ApiDocument.Operation;
import app.api.RawHttp.Request;
import http.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Creates requests from the document: valid ones, invalid ones, and unusual ones. */
final class RandomRequests {

    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json",
            "application/json",
            "application/json; charset=utf-8",
            "Application/JSON",
            "text/plain",
            "application/xml",
            "application/problem+json",
            "multipart/form-data; boundary=x",
            "*/*",
            "json",
            ";",
            "application/json, text/plain",
            "");
    private static final List<String> BROKEN = List.of(
            "",
            " ",
            "{",
            "[]",
            "null",
            "\"text\"",
            "{} {}",
            "{\"user_id\":1,\"user_id\":2}",
            "{'a':1}",
            "{\"a\":NaN}",
            "{\"a\":01}",
            "\ufeff{}",
            "{\"a\":1e99999999999}",
            "{\"a\":" + "1".repeat(2000) + "}",
            "[".repeat(2000),
            "{\"a\":".repeat(2000),
            "{\"kind\":\"\\ud83d\"}",
            "{\"a\":\"\u0001\"}",
            "--x\r\nContent-Disposition: form-data\r\n\r\n--x--");

    private final ApiDocument document;
    private final RandomChoice choice;
    private final RandomJson json;

    /** @param sessions the ids of existing sessions, which some requests use */
    RandomRequests(ApiDocument document, Random random, List<String> sessions) {
        this.document = document;
        this.choice = new RandomChoice(random);
        this.json = new RandomJson(document, choice, sessions);
    }

    /**
     * A request, and what the document says about it.
     *
     * @param allowed whether every parameter and the body fit their schemas
     * @param json whether the body, if there is one, is sent as JSON
     */
    record Case(Operation operation, Request request, boolean allowed, boolean json) {}

    Case next(List<Operation> operations) {
        Operation operation = choice.of(operations);
        Draft draft = new Draft(operation);
        String path = operation.path();
        for (JsonNode parameter : operation.parametersIn("path")) {
            path = path.replace(
                    "{" + parameter.path("name").stringValue() + "}", encoded(draft.text(parameter, choice.oneIn(5))));
        }
        String target = path + draft.query();
        draft.headers();
        @Nullable String body = document.bodySchema(operation).map(draft::body).orElse(null);
        return new Case(
                operation, new Request(operation.method(), target, draft.headers, body), draft.allowed, draft.isJson);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A request under construction. */
    private final class Draft {

        private final Operation operation;
        private final List<String> headers = new ArrayList<>();
        private boolean allowed = true;
        private boolean isJson = true;

        Draft(Operation operation) {
            this.operation = operation;
        }

        /** A value for a parameter. Notes whether the document allows it. */
        String text(JsonNode parameter, boolean odd) {
            JsonNode schema = parameter.path("schema");
            String text = odd ? json.oddText() : plainText(schema);
            if (text.isEmpty() && parameter.path("in").stringValue().equals("path")) {
                text = "x"; // an empty text would result in another path
            }
            allowed &= document.fits(schema, document.typed(schema, text));
            return text;
        }

        private String plainText(JsonNode schema) {
            JsonNode value = json.value(schema);
            return value.isString() ? value.stringValue() : value.toString();
        }

        String query() {
            StringBuilder query = new StringBuilder();
            for (JsonNode parameter : operation.parametersIn("query")) {
                if (choice.oneIn(2)) {
                    query.append(query.isEmpty() ? '?' : '&')
                            .append(parameter.path("name").stringValue())
                            .append('=')
                            .append(encoded(text(parameter, choice.oneIn(4))));
                }
            }
            boolean ignored = operation.parametersIn("query").isEmpty();
            return ignored && choice.oneIn(10) ? "?other=1&=&x" : query.toString();
        }

        void headers() {
            for (JsonNode parameter : operation.parametersIn("header")) {
                if (choice.oneIn(4)) {
                    String value = headerValue(parameter);
                    headers.add(parameter.path("name").stringValue() + ": " + value);
                    allowed &= document.fits(
                            parameter.path("schema"),
                            Json.MAPPER.getNodeFactory().stringNode(value));
                }
            }
            if (choice.oneIn(5)) {
                headers.add("Accept: " + choice.of(List.of("*/*", "application/json", "text/html", "a/b;q=0")));
            }
        }

        /** A value without spaces at its ends, which the server would remove. */
        private String headerValue(JsonNode parameter) {
            String value = choice.oneIn(2)
                    ? "key-" + choice.random().nextInt(50)
                    : choice.of(List.of(
                            "x".repeat(choice.random().nextInt(255, 259)), "é", "a\tb", "\"quoted\"", "a b", "~", ""));
            return parameter.path("name").stringValue().equals("traceparent") && choice.oneIn(2)
                    ? "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
                    : value;
        }

        String body(JsonNode schema) {
            String type = choice.oneIn(10) ? choice.of(TYPES) : "application/json";
            headers.add("Content-Type: " + type);
            isJson = type.strip().split(";", 2)[0].strip().equalsIgnoreCase("application/json");
            if (choice.oneIn(10)) {
                allowed = false;
                return choice.of(BROKEN);
            }
            JsonNode value = json.value(schema);
            if (choice.oneIn(2)) {
                value = json.changed(value);
            }
            allowed &= document.fits(schema, value);
            return Json.MAPPER.writeValueAsString(value);
        }
    }
}
