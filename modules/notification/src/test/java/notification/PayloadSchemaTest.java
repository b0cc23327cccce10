package notification;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import http.FieldError;
import http.Json;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadSchemaTest {

    private static List<FieldError> errors(String schema, String payload) {
        return PayloadSchema.of(schema).errors(Json.read(payload.getBytes(StandardCharsets.UTF_8)));
    }

    private static String refusal(String schema) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> PayloadSchema.of(schema))
                .getMessage());
    }

    @Test
    void validPayloadHasNoErrors() {
        String schema = "{\"properties\":{\"amount\":{\"type\":\"integer\",\"maximum\":10}},\"required\":[\"amount\"]}";
        assertThat(errors(schema, "{\"amount\":10}"), is(empty()));
        assertThat(errors("true", "{\"any\":[{}]}"), is(empty()));
        assertThat(errors("{}", "{}"), is(empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"properties\":{\"amount\":{\"maximum\":10}}}|{\"amount\":11}|/payload/amount|must have a maximum value of 10",
                "{\"properties\":{\"amount\":{\"type\":\"integer\"}}}|{\"amount\":\"1\"}|/payload/amount|string found, integer expected",
                "{\"properties\":{\"a\":{\"items\":{\"type\":\"null\"}}}}|{\"a\":[null,0]}|/payload/a/1|integer found, null expected",
                "{\"required\":[\"amount\"]}|{}|/payload|required property 'amount' not found",
                "{\"$defs\":{\"s\":{\"type\":\"string\"}},\"properties\":{\"a\":{\"$ref\":\"#/$defs/s\"}}}|{\"a\":1}|/payload/a|integer found, string expected",
                "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"maxProperties\":0}|{\"a\":1}|/payload|must have at most 0 properties"
            })
    void invalidPayloadHasAnErrorWithItsLocation(String schema, String payload, String field, String detail) {
        assertThat(errors(schema, payload), is(List.of(new FieldError(field, detail))));
    }

    @Test
    void messagesDoNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMAN);
        try {
            assertThat(
                    errors("{\"required\":[\"a\"]}", "{}").getFirst().detail(), is("required property 'a' not found"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void errorsAreBoundedInNumberAndLength() {
        String name = "n".repeat(10_000);
        StringBuilder payload = new StringBuilder("{");
        for (int i = 0; i < 100; i++) {
            payload.append('"').append(i).append(name).append("\":[1],");
        }
        List<FieldError> errors = errors(
                "{\"additionalProperties\":{\"items\":false}}",
                payload.append("\"x\":1}").toString());
        assertThat(errors.size(), is(10));
        for (FieldError error : errors) {
            assertThat(error.field().length(), lessThan(210));
            assertThat(error.detail().length(), lessThan(210));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"objekt\"}|at \"/type\": ",
                "{\"properties\":{\"a\":7}}|at \"/properties/a\": ",
                "7|integer found, [object, boolean] expected",
                "[]|array found, [object, boolean] expected",
                "{\"pattern\":\"(\"}|Unclosed group",
                "{\"$ref\":\"#/$defs/none\"}|cannot be resolved",
                "{\"$ref\":\"#\"}|the schema refers to itself endlessly",
                "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}|draft-07",
                "nonsense|not valid JSON",
                "{\"type\":\"object\",\"type\":\"object\"}|not valid JSON"
            })
    void invalidSchemaIsRefusedWithTheReason(String schema, String reason) {
        assertThat(refusal(schema), containsString(reason));
        assertThat(refusal(schema).lines().count(), is(1L));
    }

    @Test
    void noSchemaIsFetchedFromTheNetwork() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "http://127.0.0.1:" + server.getLocalPort() + "/schema.json";
            refusal("{\"$ref\":\"" + address + "\"}");
            refusal("{\"properties\":{\"a\":{\"$ref\":\"" + address + "#/a\"}}}");
            refusal("{\"$schema\":\"" + address + "\"}");
            server.setSoTimeout(1);
            assertThrows(SocketTimeoutException.class, server::accept);
        }
    }

    @Test
    void noSchemaIsReadFromTheDisk() {
        refusal("{\"$ref\":\"file:///etc/passwd\"}");
        refusal("{\"$ref\":\"classpath:draft/2020-12/schema\"}");
    }

    @Test
    void schemaMayReferToTheMetaSchema() {
        String schema = "{\"properties\":{\"s\":{\"$ref\":\"https://json-schema.org/draft/2020-12/schema\"}}}";
        assertThat(errors(schema, "{\"s\":{\"type\":\"string\"}}"), is(empty()));
        assertThat(errors(schema, "{\"s\":{\"type\":\"strong\"}}").isEmpty(), is(false));
    }

    @Test
    void twoSchemasMayHaveTheSameId() {
        PayloadSchema first = PayloadSchema.of("{\"$id\":\"https://example.org/s\",\"required\":[\"a\"]}");
        PayloadSchema second = PayloadSchema.of("{\"$id\":\"https://example.org/s\",\"required\":[\"b\"]}");
        assertThat(first.errors(Json.MAPPER.readTree("{\"a\":1}")), is(empty()));
        assertThat(second.errors(Json.MAPPER.readTree("{\"b\":1}")), is(empty()));
    }

    @Test
    void deepPayloadIsValidatedToItsEnd() throws Exception {
        PayloadSchema schema = PayloadSchema.of(
                "{\"$ref\":\"#/$defs/n\",\"$defs\":{\"n\":{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/$defs/n\"}}}}}");
        String deep = "{\"a\":".repeat(498) + "1" + "}".repeat(498);
        Thread thread = Thread.ofVirtual()
                .start(() ->
                        assertThat(schema.errors(Json.MAPPER.readTree(deep)).size(), is(1)));
        Throwable[] failure = {null};
        thread.setUncaughtExceptionHandler((t, e) -> failure[0] = e);
        thread.join();
        assertThat(failure[0], is(nullValue()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"integer\",\"maximum\":10}|1e19",
                "{\"type\":\"integer\",\"minimum\":10}|-1e19",
                "{\"type\":\"integer\",\"exclusiveMaximum\":10}|123456789012345678901234567890",
                "{\"type\":\"integer\",\"exclusiveMinimum\":10}|-1e400",
                "{\"type\":\"integer\",\"multipleOf\":7}|1e400",
                "{\"maximum\":10}|1e400"
            })
    void numberBeyondALongIsInvalid(String schema, String number) {
        assertThat(
                errors("{\"properties\":{\"n\":" + schema + "}}", "{\"n\":" + number + "}")
                        .isEmpty(),
                is(false));
    }

    @Test
    void atMostTenErrorsAreReported() {
        String schema = "{\"properties\":{\"a\":{\"items\":{\"type\":\"string\"}}}}";
        for (int elements : new int[] {11, 300_000}) {
            List<FieldError> errors = errors(schema, "{\"a\":[" + "1,".repeat(elements - 1) + "1]}");
            assertThat(errors.size(), is(10));
            assertThat(errors.getLast().field(), is("/payload/a/9"));
        }
    }

    @Test
    void errorsOfABranchAreDroppedIfAnotherBranchMatches() {
        String schema = "{\"properties\":{\"a\":{\"anyOf\":[{\"items\":{\"type\":\"string\"}},"
                + "{\"items\":{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"integer\"}]}}]}}}";
        assertThat(errors(schema, "{\"a\":[" + "1,".repeat(30_000) + "1]}"), is(empty()));
        assertThat(errors(schema, "{\"a\":[" + "1,".repeat(30_000) + "true]}").isEmpty(), is(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^([a-z]+)*x$", "(.*a){20}$", "^(?:a?){30}a{30}$"})
    void catastrophicBacktrackingIsStopped(String expression) {
        String schema = "{\"properties\":{\"a\":{\"pattern\":\"" + expression + "\"}}}";
        assertThat(errors(schema, "{\"a\":\"" + "a".repeat(5_000) + "!\"}").isEmpty(), is(false));
    }

    @Test
    void slowExpressionsShareALimit() {
        String schema = "{\"properties\":{\"a\":{\"items\":{\"pattern\":\"^(.*a){12}$\"}}}}";
        String slow = "\"" + "a".repeat(60) + "!\"";
        assertThat(
                errors(schema, "{\"a\":[" + (slow + ",").repeat(40_000) + slow + "]}"),
                is(List.of(new FieldError("/payload", "validation against the schema takes too long"))));
    }

    @Test
    void expressionThatExhaustsTheStackIsStopped() {
        String schema = "{\"properties\":{\"a\":{\"pattern\":\"^(x|y)*$\"}}}";
        assertThat(errors(schema, "{\"a\":\"" + "xy".repeat(500_000) + "\"}").isEmpty(), is(false));
        assertThat(errors(schema, "{\"a\":\"xyxy\"}"), is(empty()));
    }

    /** Adding the elements to a hash set would take minutes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"properties\":{\"a\":{\"uniqueItems\":true}}}",
                "{\"properties\":{\"a\":{\"properties\":{\"b\":{\"uniqueItems\":true}}}}}"
            })
    void hashCollisionsAreDetected(String schema) {
        StringBuilder elements = new StringBuilder();
        for (int i = 0; i < 1 << 15; i++) {
            elements.append(i == 0 ? "\"" : ",\"");
            for (int bit = 0; bit < 15; bit++) {
                elements.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            elements.append('"');
        }
        assertThat(
                errors(schema, "{\"a\":{\"b\":[" + elements + "]}}"),
                is(List.of(new FieldError("/payload", "validation against the schema takes too long"))));
    }

    @Test
    void manyDifferentElementsAreValidated() {
        String schema = "{\"properties\":{\"a\":{\"uniqueItems\":true}}}";
        String numbers = IntStream.range(0, 50_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        assertThat(errors(schema, "{\"a\":[" + numbers + "],\"b\":[" + "1,".repeat(5_000) + "1]}"), is(empty()));
        assertThat(errors(schema, "{\"a\":[" + numbers + ",7]}").size(), is(1));
    }

    @Test
    void exponentialValidationIsStopped() { // two references in each level: 2^40 steps
        String schema = "{\"$defs\":{\"n\":{\"properties\":{\"a\":{\"allOf\":[{\"$ref\":\"#/$defs/n\"},"
                + "{\"$ref\":\"#/$defs/n\"}]}}}},\"$ref\":\"#/$defs/n\"}";
        String deep = "{\"a\":".repeat(40) + "{}" + "}".repeat(40);
        assertThat(
                errors(schema, deep),
                is(List.of(new FieldError("/payload", "validation against the schema takes too long"))));
    }

    /** The validator computes with the schema's numbers for each payload. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"multipleOf\":1e-999999999}",
                "{\"multipleOf\":1e999999999}",
                "{\"maximum\":1e999999999}",
                "{\"minimum\":-1e999999999}",
                "{\"const\":1e-999999999}",
                "{\"enum\":[1e501]}"
            })
    void schemaWithAHugeNumberIsRefused(String schema) {
        assertThat(
                refusal("{\"properties\":{\"n\":" + schema + "}}"),
                containsString("a number must have at most 100 digits, and an exponent from -400 to 400"));
    }
}
