package http;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds the tree of a body. For values under the raw names, it keeps only their positions. For one body and one
 * thread.
 */
final class JsonReader {

    /**
     * The maximum number of values. No call needs as many: the largest have 10,000 ids, or 1,000 notifications of seven
     * values.
     */
    static final int MAX_VALUES = 50_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final byte[] body;
    private final int length;
    private final Set<String> rawNames;
    private final RequestMemory memory;
    private final IdentityHashMap<JsonNode, RawJson> raw = new IdentityHashMap<>();
    private final IdentityHashMap<JsonNode, JsonFlaw> flaws = new IdentityHashMap<>();
    private int values;

    JsonReader(byte[] body, int length, Set<String> rawNames, RequestMemory memory) {
        this.body = body;
        this.length = length;
        this.rawNames = rawNames;
        this.memory = memory;
    }

    /**
     * Reads the whole body. An {@link IllegalArgumentException} reports a body that is not JSON or has too many values.
     *
     * @throws Problem 400 when the body is not strict UTF-8, 413 or 503 when there is no memory for it
     */
    JsonNode read() {
        StrictUtf8.error(body, length).ifPresent(error -> {
            throw Problem.badRequest("the body " + error);
        });
        JsonMemory heap = new JsonMemory(memory, length);
        JsonScan scan = new JsonScan(body, length, rawNames, heap);
        if (!scan.run()) {
            return NODES.missingNode();
        }
        if (scan.flaw() == JsonFlaw.NUMBER) {
            throw new IllegalArgumentException("not acceptable JSON: " + JsonNumber.ALLOWED);
        }
        JsonNode node = Json.strictly(() -> {
            RawSpans spans = scan.raw();
            try (JsonParser parser = Json.TREES.createParser(spans.remainder(), 0, spans.remainderLength())) {
                return value(parser, parser.nextToken(), spans.iterator(), heap);
            }
        });
        heap.trim();
        return node;
    }

    private JsonNode value(
            JsonParser parser, @Nullable JsonToken token, Iterator<RawSpans.Span> spans, JsonMemory heap) {
        if (++values > MAX_VALUES) {
            throw new IllegalArgumentException("too large: it has more than " + MAX_VALUES + " values");
        }
        return switch (token) {
            case START_OBJECT -> object(parser, spans, heap);
            case START_ARRAY -> array(parser, spans, heap);
            case VALUE_STRING -> text(parser.getString(), heap);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, heap);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case null, default -> NODES.nullNode();
        };
    }

    private static JsonNode text(String text, JsonMemory heap) {
        heap.add(HeapCost.string(text.length()));
        return NODES.stringNode(text);
    }

    /** No call accepts a number: it is kept only to be shown in an error. */
    private static JsonNode number(JsonParser parser, JsonMemory heap) {
        String text = parser.getString();
        heap.add(HeapCost.number(text.length()));
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                ? NODES.numberNode(new BigInteger(text))
                : NODES.numberNode(new BigDecimal(text));
    }

    private JsonNode array(JsonParser parser, Iterator<RawSpans.Span> spans, JsonMemory heap) {
        heap.add(HeapCost.ARRAY);
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(parser, token, spans, heap));
        }
        return array;
    }

    private JsonNode object(JsonParser parser, Iterator<RawSpans.Span> spans, JsonMemory heap) {
        heap.add(HeapCost.OBJECT);
        ObjectNode object = NODES.objectNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            String name = parser.currentName();
            heap.add(HeapCost.member(object.size(), name.length()));
            JsonToken first = parser.nextToken();
            boolean isContainer = first == JsonToken.START_OBJECT || first == JsonToken.START_ARRAY;
            object.set(
                    name,
                    isContainer && rawNames.contains(name)
                            ? placeholder(parser, spans.next(), heap)
                            : value(parser, first, spans, heap));
        }
        return object;
    }

    private JsonNode placeholder(JsonParser parser, RawSpans.Span span, JsonMemory heap) {
        heap.add(2 * HeapCost.OBJECT);
        parser.nextToken(); // the placeholder is empty
        JsonNode placeholder = NODES.objectNode();
        raw.put(placeholder, new RawJson(body, span.start(), span.end(), span.treeBytes(), memory));
        flaws.put(placeholder, span.flaw());
        return placeholder;
    }

    /** The raw value that a node stands for; null when the node is not a placeholder. */
    @Nullable
    RawJson raw(JsonNode node) {
        return raw.get(node);
    }

    /** The error in the raw value that a node stands for. */
    JsonFlaw flaw(JsonNode node) {
        return flaws.getOrDefault(node, JsonFlaw.NONE);
    }
}
