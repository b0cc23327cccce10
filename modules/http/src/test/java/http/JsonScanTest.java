package http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Random;
import java.util.Set;
import limits.RequestBudget;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Tests that the scan accepts exactly what Jackson accepts, and that it finds the values that are forwarded. */
class JsonScanTest {

    private static final RequestBudget BUDGET = RequestBudget.of(1 << 26);
    private static final String LETTERS = "{}[]\",:\\u0d8cf19.-+eEtrufalsn \n\u00e9\u0001\ud83d\udc26";
    private static final int RUNS = 100_000;

    private final Random random = new Random(42);

    private static boolean isAcceptedByJackson(String text) {
        try {
            JsonNode node = Json.MAPPER.readTree(text.getBytes(UTF_8));
            return node != null && !node.isMissingNode();
        } catch (JacksonException | ArithmeticException | NumberFormatException e) {
            return false;
        }
    }

    private static boolean isAccepted(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        try (RequestMemory memory = new RequestMemory(BUDGET)) {
            return new JsonScan(bytes, bytes.length, Set.of(), new JsonMemory(memory, bytes.length)).run();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A text that is JSON. */
    private String value(int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> text();
            case 1 -> Integer.toString(random.nextInt(2_000) - 1_000);
            case 2 -> random.nextInt(100) + "." + random.nextInt(10) + "e" + (random.nextBoolean() ? "-" : "") + 3;
            case 3 -> random.nextBoolean() ? "true" : "null";
            case 4 -> "false";
            case 5 -> "[" + (random.nextBoolean() ? "" : value(depth + 1) + " , " + value(depth + 1)) + "]";
            default ->
                random.nextInt(4) == 0
                        ? "{ }"
                        : "{" + text() + ":" + value(depth + 1) + ",\"payload\" :" + value(depth + 1) + "}";
        };
    }

    private String text() {
        String[] parts = {"a", "\\n", "\\u00e9", "\\ud83d\\udc26", "\u00e9", "\ud83d\udc26", "\\\"", "\\/", " "};
        StringBuilder text = new StringBuilder("\"");
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.append('"').toString();
    }

    /** Removes, inserts or changes one or two characters. */
    private String mutated(String json) {
        StringBuilder text = new StringBuilder(json);
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            int at = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), at + random.nextInt(2));
            int letter = random.nextInt(LETTERS.length());
            text.replace(at, to, random.nextInt(3) == 0 ? "" : LETTERS.substring(letter, letter + 1));
        }
        return text.toString();
    }

    @Test
    void acceptsWhatJacksonAccepts() {
        int accepted = 0;
        for (int i = 0; i < RUNS; i++) {
            String text = random.nextInt(4) == 0 ? value(0) : mutated(value(0));
            if (!UTF_8.newEncoder().canEncode(text)) {
                continue; // such a text is refused before the scan
            }
            boolean isAccepted = isAccepted(text);
            assertThat(text, isAccepted, is(isAcceptedByJackson(text)));
            accepted += isAccepted ? 1 : 0;
        }
        assertThat(accepted + " were accepted", accepted > RUNS / 10 && accepted < RUNS - RUNS / 10, is(true));
    }

    /** The remainder and the raw values together are the whole text. */
    @Test
    void findsTheRawValues() {
        for (int i = 0; i < RUNS / 10; i++) {
            String text = value(0);
            byte[] bytes = text.getBytes(UTF_8);
            try (RequestMemory memory = new RequestMemory(BUDGET)) {
                JsonScan scan =
                        new JsonScan(bytes, bytes.length, Set.of("payload"), new JsonMemory(memory, bytes.length));
                if (!isAccepted(text)) {
                    continue; // a name occurs twice
                }
                assertThat(text, scan.run(), is(true));
                String rest = new String(scan.raw().remainder(), 0, scan.raw().remainderLength(), UTF_8);
                for (RawSpans.Span raw : scan.raw()) {
                    String rawText = new String(bytes, raw.start(), raw.end() - raw.start(), UTF_8);
                    assertThat(text, isAcceptedByJackson(rawText), is(true));
                    rest = withFirst(rest, rawText);
                }
                assertThat(rest.replace('\u0002', '{').replace('\u0003', '['), is(text));
            }
        }
    }

    /**
     * Puts a raw value back in place of the first placeholder. Its braces are hidden, so that the next call skips it.
     */
    private static String withFirst(String rest, String rawText) {
        String hidden = rawText.replace('{', '\u0002').replace('[', '\u0003');
        for (int at = rest.indexOf("\"payload\" :"); ; at = rest.indexOf("\"payload\" :", at + 1)) {
            int start = at + "\"payload\" :".length();
            if (rest.startsWith("{}", start) || rest.startsWith("[]", start)) {
                return rest.substring(0, start) + hidden + rest.substring(start + 2);
            }
        }
    }
}
