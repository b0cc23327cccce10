package http;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.IdentityHashMap;
import java.util.Set;
import limits.Lease;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a tree of a body, but for the values under some names: of these it keeps where they are. For one body and one
 * thread.
 */
final class JsonReader {

    /** More than any call has: 10,000 ids, or 1,000 notifications of seven values. */
    static final int MAX_VALUES = 50_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final byte[] body;
    private final int length;
    private final Set<String> rawNames;
    private final RequestMemory memory;
    private final IdentityHashMap<JsonNode, RawJson> raw = new IdentityHashMap<>();
    private final IdentityHashMap<JsonNode, JsonScan.Flaw> flaws = new IdentityHashMap<>();
    private int values;

    JsonReader(byte[] body, int length, Set<String> rawNames, RequestMemory memory) {
        this.body = body;
        this.length = length;
        this.rawNames = rawNames;
        this.memory = memory;
    }

    /**
     * Reads all of it.
     *
     * @throws Problem 400 when it is no JSON, has too many values, or is too much for the memory that there is
     */
    JsonNode read() {
        StrictUtf8.complaint(body, length).ifPresent(complaint -> {
            throw Problem.badRequest("the body " + complaint);
        });
        // The bytes of the values that are sent on. At once with the scan's first step: two requests that each have a
        // part
        // of what they need would wait for one another.
        long step = JsonScan.step(length);
        Lease lease = memory.addWork(length + step);
        return Json.strictly(() -> {
            try (JsonParser parser = Json.SCANS.createParser(body, 0, length)) {
                JsonScan scan = new JsonScan(parser, memory, lease, step, hasEscapes());
                JsonToken first = scan.next();
                if (first == JsonToken.NOT_AVAILABLE) {
                    return NODES.missingNode();
                }
                JsonNode node = value(parser, scan, first);
                if (scan.next() != JsonToken.NOT_AVAILABLE) {
                    throw new IllegalArgumentException("no JSON: there is something behind the value");
                }
                if (scan.flaw() == JsonScan.Flaw.NUMBER) {
                    throw new IllegalArgumentException("no JSON that can be held: " + JsonNumber.ALLOWED);
                }
                lease.shrinkTo(length + scan.kept());
                return node;
            }
        });
    }

    private boolean hasEscapes() {
        for (int i = 0; i + 1 < length; i++) {
            if (body[i] == '\\' && body[i + 1] == 'u') {
                return true;
            }
        }
        return false;
    }

    private JsonNode value(JsonParser parser, JsonScan scan, JsonToken token) {
        if (++values > MAX_VALUES) {
            throw new IllegalArgumentException("too much: it has more than " + MAX_VALUES + " values");
        }
        return switch (token) {
            case START_OBJECT -> object(parser, scan);
            case START_ARRAY -> array(parser, scan);
            case VALUE_STRING -> kept(scan, parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, scan);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    private static JsonNode kept(JsonScan scan, String text) {
        scan.keep(HeapCost.string(text.length()));
        return NODES.stringNode(text);
    }

    /** Only an error shows it: no call takes a number. */
    private static JsonNode number(JsonParser parser, JsonScan scan) {
        scan.keep(HeapCost.number(parser.getStringLength()));
        if (scan.flaw() == JsonScan.Flaw.NUMBER) {
            return NODES.nullNode(); // said when all has been read
        }
        String text = parser.getString();
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                ? NODES.numberNode(new BigInteger(text))
                : NODES.numberNode(new BigDecimal(text));
    }

    private JsonNode array(JsonParser parser, JsonScan scan) {
        scan.keep(HeapCost.ARRAY);
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = scan.next(); token != JsonToken.END_ARRAY; token = scan.next()) {
            array.add(value(parser, scan, token));
        }
        return array;
    }

    private JsonNode object(JsonParser parser, JsonScan scan) {
        scan.keep(HeapCost.OBJECT);
        ObjectNode object = NODES.objectNode();
        for (JsonToken token = scan.next(); token != JsonToken.END_OBJECT; token = scan.next()) {
            String name = parser.currentName();
            scan.keep(HeapCost.member(object.size(), name.length()));
            JsonToken first = scan.next();
            boolean isContainer = first == JsonToken.START_OBJECT || first == JsonToken.START_ARRAY;
            object.set(
                    name,
                    isContainer && rawNames.contains(name) ? placeholder(parser, scan) : value(parser, scan, first));
        }
        return object;
    }

    private JsonNode placeholder(JsonParser parser, JsonScan scan) {
        scan.keep(2 * HeapCost.OBJECT);
        int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        long before = scan.treeBytes();
        JsonScan.Flaw flaw = scan.skip();
        int end = Math.toIntExact(parser.currentLocation().getByteOffset());
        JsonNode placeholder = NODES.objectNode();
        // The characters of its texts are at most twice its bytes.
        long treeBytes = scan.treeBytes() - before + 2L * (end - start);
        raw.put(placeholder, new RawJson(body, start, end, treeBytes, memory));
        flaws.put(placeholder, flaw);
        return placeholder;
    }

    /** The value that a node stands for; null when the node is what it seems. */
    @Nullable
    RawJson raw(JsonNode node) {
        return raw.get(node);
    }

    /** What is wrong with the value that a node stands for. */
    JsonScan.Flaw flaw(JsonNode node) {
        return flaws.getOrDefault(node, JsonScan.Flaw.NONE);
    }
}
