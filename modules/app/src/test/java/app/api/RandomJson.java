package app.api;

import http.Json;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates JSON values from the schemas of the document, and changes them so that they may become invalid. */
final class RandomJson {

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

    private final ApiDocument document;
    private final RandomChoice choice;
    private final List<String> sessions;

    /** @param sessions the ids of existing sessions, which some values use */
    RandomJson(ApiDocument document, RandomChoice choice, List<String> sessions) {
        this.document = document;
        this.choice = choice;
        this.sessions = sessions;
    }

    /** A text or number that programs often handle wrongly. */
    String oddText() {
        return choice.oneIn(3) ? choice.of(ODD_NUMBERS) : choice.of(ODD_TEXTS);
    }

    /** A value that the schema usually allows. */
    JsonNode value(JsonNode of) {
        JsonNode schema = document.resolved(of);
        if (schema.has("enum")) {
            return schema.path("enum")
                    .path(choice.random().nextInt(schema.path("enum").size()));
        }
        if (schema.isBoolean()) {
            return value(document.component("schemas", "Notification"));
        }
        JsonNode type = schema.path("type");
        if (type.isArray() && choice.oneIn(5)) {
            return Json.MAPPER.getNodeFactory().nullNode();
        }
        return switch (type.isArray() ? "string" : type.asString("object")) {
            case "object" -> object(schema);
            case "array" -> array(schema);
            case "integer" ->
                Json.MAPPER
                        .getNodeFactory()
                        .numberNode(choice.random()
                                .nextInt(
                                        schema.path("minimum").asInt(0),
                                        schema.path("maximum").asInt(100) + 1));
            default -> Json.MAPPER.getNodeFactory().stringNode(text(schema));
        };
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = Json.MAPPER.createObjectNode();
        if (!schema.has("properties")) {
            for (int i = choice.random().nextInt(4); i > 0; i--) {
                object.set(choice.of(ODD_TEXTS), anything(3));
            }
            return choice.oneIn(3) ? object.put("number", 17) : object;
        }
        schema.path("properties").propertyStream().forEach(property -> {
            boolean required = false;
            for (JsonNode name : schema.path("required")) {
                required |= name.stringValue().equals(property.getKey());
            }
            if (required || choice.oneIn(2)) {
                object.set(property.getKey(), value(property.getValue()));
            }
        });
        return object;
    }

    private ArrayNode array(JsonNode schema) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        for (int i = choice.random().nextInt(1, 5); i > 0; i--) {
            array.add(value(schema.path("items")));
        }
        return array;
    }

    private String text(JsonNode schema) {
        String pattern = schema.path("pattern").asString("");
        if (pattern.contains("{12}")) {
            return choice.oneIn(3)
                    ? choice.of(sessions)
                    : new UUID(choice.random().nextLong() | 1, choice.random().nextLong()).toString();
        }
        if (pattern.startsWith("^(197")) {
            return "20" + choice.random().nextInt(10, 99)
                    + "-01-31T12:00:00Z".replace("31", "2" + choice.random().nextInt(9));
        }
        if (pattern.equals("^[A-Za-z0-9_-]+$")) {
            return "AAAAAAAAAAB" + "x".repeat(choice.random().nextInt(30));
        }
        int max = schema.path("maxLength").asInt(20);
        String letter = choice.of(List.of("a", "é", "🐦", "x "));
        return choice.oneIn(4)
                ? letter.repeat(max / letter.codePointCount(0, letter.length()))
                : choice.of(List.of(
                        "mail", "order", "chat", letter, "k" + choice.random().nextInt(9)));
    }

    private JsonNode anything(int depth) {
        return switch (choice.random().nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> Json.MAPPER.getNodeFactory().nullNode();
            case 1 -> Json.MAPPER.getNodeFactory().booleanNode(choice.random().nextBoolean());
            case 2 -> Json.MAPPER.readTree(choice.of(ODD_NUMBERS));
            case 3, 4 ->
                Json.MAPPER
                        .getNodeFactory()
                        .stringNode(
                                choice.oneIn(5)
                                        ? "🐦".repeat(choice.random().nextInt(255, 258))
                                        : choice.of(ODD_TEXTS));
            case 5 -> Json.MAPPER.createArrayNode().add(anything(depth - 1)).add(anything(depth - 1));
            default -> Json.MAPPER.createObjectNode().set(choice.of(ODD_TEXTS), anything(depth - 1));
        };
    }

    /** Removes, adds or replaces one part of a value. */
    JsonNode changed(JsonNode value) {
        if (!(value instanceof ObjectNode object) || object.isEmpty()) {
            return anything(2);
        }
        String name = choice.of(List.copyOf(object.propertyNames()));
        switch (choice.random().nextInt(5)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(choice.of(ODD_TEXTS), anything(2));
            case 2 -> object.set(name, changed(object.path(name)));
            default -> object.set(name, anything(2));
        }
        return object;
    }
}
