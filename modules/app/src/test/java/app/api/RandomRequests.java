package app.api;

import app.api.ApiDocument.Operation;
import app.api.RawHttp.Request;
import http.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes up requests by the document: such as it allows, such as it does not, and the odd ones in between. */
final class RandomRequests {

    private static final List<String> ODD_TEXTS = List.of(
            "",
            " ",
            "\t\n",
            "\u001c",
            "\u0085",
            "\u00a0",
            "\u2007",
            "\u2028",
            "\u3000",
            "\ufeff",
            "\u0000",
            "a\u0000b",
            "null",
            "é",
            "🐦",
            "e\u0301",
            "\u202eevil",
            "\uffff",
            "'; drop table session; --",
            "<script>",
            "../../etc/passwd",
            "${jndi:ldap://x}",
            "%00",
            "00000000-0000-0000-0000-000000000000",
            "3F0E9F6C-6A51-4C6B-9C42-0D3F7C8A1B11",
            "{3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11}",
            "3f0e9f6c6a514c6b9c420d3f7c8a1b11",
            "3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11\n",
            "1-1-1-1-1",
            "0b7c5e0٣-9f3d-4c1e-8a2b-1d2e3f4a5b6c");
    private static final List<String> ODD_NUMBERS = List.of(
            "0",
            "-1",
            "1",
            "200",
            "201",
            "1000",
            "1001",
            "1.5",
            "1e2",
            "-0",
            "2147483648",
            "9223372036854775808",
            "1e400",
            "1e-400",
            "123456789012345678901234567890.1234567890");
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
    private final Random random;
    private final List<String> sessions;

    /** @param sessions that there are */
    RandomRequests(ApiDocument document, Random random, List<String> sessions) {
        this.document = document;
        this.random = random;
        this.sessions = sessions;
    }

    /**
     * A request, and what the document says of it.
     *
     * @param allowed whether every parameter and the body are as their schemas
     * @param json whether the body, where there is one, is sent as JSON
     */
    record Case(Operation operation, Request request, boolean allowed, boolean json) {}

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private boolean sometimes(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    Case next(List<Operation> operations) {
        Operation operation = one(operations);
        Draft draft = new Draft(operation);
        String path = operation.path();
        for (JsonNode parameter : operation.parametersIn("path")) {
            path = path.replace(
                    "{" + parameter.path("name").stringValue() + "}", encoded(draft.text(parameter, sometimes(5))));
        }
        String target = path + draft.query();
        draft.headers();
        @Nullable String body = document.bodySchema(operation).map(draft::body).orElse(null);
        return new Case(
                operation, new Request(operation.method(), target, draft.headers, body), draft.allowed, draft.json);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A request that is being made up. */
    private final class Draft {

        private final Operation operation;
        private final List<String> headers = new ArrayList<>();
        private boolean allowed = true;
        private boolean json = true;

        Draft(Operation operation) {
            this.operation = operation;
        }

        /** A parameter's value; whether it may be one is written down. */
        String text(JsonNode parameter, boolean odd) {
            JsonNode schema = parameter.path("schema");
            String text = odd ? oddText() : plainText(schema);
            if (text.isEmpty() && parameter.path("in").stringValue().equals("path")) {
                text = "x"; // an empty one is another path
            }
            allowed &= document.fits(schema, document.typed(schema, text));
            return text;
        }

        private String plainText(JsonNode schema) {
            JsonNode value = value(schema);
            return value.isString() ? value.stringValue() : value.toString();
        }

        private String oddText() {
            return sometimes(3) ? one(ODD_NUMBERS) : one(ODD_TEXTS);
        }

        String query() {
            StringBuilder query = new StringBuilder();
            for (JsonNode parameter : operation.parametersIn("query")) {
                if (sometimes(2)) {
                    query.append(query.isEmpty() ? '?' : '&')
                            .append(parameter.path("name").stringValue())
                            .append('=')
                            .append(encoded(text(parameter, sometimes(4))));
                }
            }
            boolean ignored = operation.parametersIn("query").isEmpty();
            return ignored && sometimes(10) ? "?other=1&=&x" : query.toString();
        }

        void headers() {
            for (JsonNode parameter : operation.parametersIn("header")) {
                if (sometimes(4)) {
                    String value = headerValue(parameter);
                    headers.add(parameter.path("name").stringValue() + ": " + value);
                    allowed &= document.fits(
                            parameter.path("schema"),
                            Json.MAPPER.getNodeFactory().stringNode(value));
                }
            }
            if (sometimes(5)) {
                headers.add("Accept: " + one(List.of("*/*", "application/json", "text/html", "a/b;q=0")));
            }
        }

        /** As it comes to the server: without spaces around it. */
        private String headerValue(JsonNode parameter) {
            String value = sometimes(2)
                    ? "key-" + random.nextInt(50)
                    : one(List.of("x".repeat(random.nextInt(255, 259)), "é", "a\tb", "\"quoted\"", "a b", "~", ""));
            return parameter.path("name").stringValue().equals("traceparent") && sometimes(2)
                    ? "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
                    : value;
        }

        String body(JsonNode schema) {
            String type = sometimes(10) ? one(TYPES) : "application/json";
            headers.add("Content-Type: " + type);
            json = type.strip().split(";", 2)[0].strip().equalsIgnoreCase("application/json");
            if (sometimes(10)) {
                allowed = false;
                return one(BROKEN);
            }
            JsonNode value = value(schema);
            if (sometimes(2)) {
                value = changed(value);
            }
            allowed &= document.fits(schema, value);
            return Json.MAPPER.writeValueAsString(value);
        }
    }

    /** A value that a schema allows, as a rule. */
    private JsonNode value(JsonNode of) {
        JsonNode schema = document.resolved(of);
        if (schema.has("enum")) {
            return schema.path("enum").path(random.nextInt(schema.path("enum").size()));
        }
        if (schema.isBoolean()) {
            return value(document.component("schemas", "Notification"));
        }
        JsonNode type = schema.path("type");
        if (type.isArray() && sometimes(5)) {
            return Json.MAPPER.getNodeFactory().nullNode();
        }
        return switch (type.isArray() ? "string" : type.asString("object")) {
            case "object" -> object(schema);
            case "array" -> array(schema);
            case "integer" ->
                Json.MAPPER
                        .getNodeFactory()
                        .numberNode(random.nextInt(
                                schema.path("minimum").asInt(0),
                                schema.path("maximum").asInt(100) + 1));
            default -> Json.MAPPER.getNodeFactory().stringNode(text(schema));
        };
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = Json.MAPPER.createObjectNode();
        if (!schema.has("properties")) {
            for (int i = random.nextInt(4); i > 0; i--) {
                object.set(one(ODD_TEXTS), anything(3));
            }
            return sometimes(3) ? object.put("number", 17) : object;
        }
        schema.path("properties").propertyStream().forEach(property -> {
            boolean required = false;
            for (JsonNode name : schema.path("required")) {
                required |= name.stringValue().equals(property.getKey());
            }
            if (required || sometimes(2)) {
                object.set(property.getKey(), value(property.getValue()));
            }
        });
        return object;
    }

    private ArrayNode array(JsonNode schema) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            array.add(value(schema.path("items")));
        }
        return array;
    }

    private String text(JsonNode schema) {
        String pattern = schema.path("pattern").asString("");
        if (pattern.contains("{12}")) {
            return sometimes(3) ? one(sessions) : new UUID(random.nextLong() | 1, random.nextLong()).toString();
        }
        if (pattern.startsWith("^(197")) {
            return "20" + random.nextInt(10, 99) + "-01-31T12:00:00Z".replace("31", "2" + random.nextInt(9));
        }
        if (pattern.equals("^[A-Za-z0-9_-]+$")) {
            return "AAAAAAAAAAB" + "x".repeat(random.nextInt(30));
        }
        int max = schema.path("maxLength").asInt(20);
        String letter = one(List.of("a", "é", "🐦", "x "));
        return sometimes(4)
                ? letter.repeat(max / letter.codePointCount(0, letter.length()))
                : one(List.of("mail", "order", "chat", letter, "k" + random.nextInt(9)));
    }

    private JsonNode anything(int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> Json.MAPPER.getNodeFactory().nullNode();
            case 1 -> Json.MAPPER.getNodeFactory().booleanNode(random.nextBoolean());
            case 2 -> Json.MAPPER.readTree(one(ODD_NUMBERS));
            case 3, 4 ->
                Json.MAPPER
                        .getNodeFactory()
                        .stringNode(sometimes(5) ? "🐦".repeat(random.nextInt(255, 258)) : one(ODD_TEXTS));
            case 5 -> Json.MAPPER.createArrayNode().add(anything(depth - 1)).add(anything(depth - 1));
            default -> Json.MAPPER.createObjectNode().set(one(ODD_TEXTS), anything(depth - 1));
        };
    }

    /** With one part taken away, added, or replaced. */
    private JsonNode changed(JsonNode value) {
        if (!(value instanceof ObjectNode object) || object.isEmpty()) {
            return anything(2);
        }
        String name = one(List.copyOf(object.propertyNames()));
        switch (random.nextInt(5)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(one(ODD_TEXTS), anything(2));
            case 2 -> object.set(name, changed(object.path(name)));
            default -> object.set(name, anything(2));
        }
        return object;
    }
}
