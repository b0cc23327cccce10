package http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;

import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import testing.TestServer;

/** Reading the fields of a JSON object. */
class JsonFieldsTest {

    private static final UUID ID = UUID.fromString("0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c");

    private final TestServer server = new TestServer(settings -> Problems.serve(
            settings,
            routing -> routing.post("/any", reads(body -> "read"))
                    .post("/uuid", reads(body -> body.uuid("field")))
                    .post("/optional-uuid", reads(body -> body.optionalUuid("field")))
                    .post("/text", reads(body -> body.text("field", 5)))
                    .post("/optional-text", reads(body -> body.optionalText("field", 5)))
                    .post("/uuids", reads(body -> body.uniqueUuids("field", 1, 3)))
                    .post("/elements", reads(body -> body.elements("field", 1, 3)))
                    .post(
                            "/inner",
                            reads(body -> body.nested(
                                            body.elements("field", 1, 1).getFirst(), Set.of("field"))
                                    .text("field", 5)))
                    .post("/object", readsRaw("field"))));

    private static Handler readsRaw(String name) {
        return (request, response) -> {
            JsonBody body = JsonBody.of(request, Set.of("other", name), Set.of(name));
            String text = new String(body.rawObject(name).bytes(), StandardCharsets.UTF_8);
            Json.send(request, response, Status.OK_200, Map.of("value", text));
        };
    }

    private static Handler reads(Function<JsonBody, Object> reader) {
        return (request, response) -> {
            Object value = reader.apply(JsonBody.of(request, Set.of("other", "field")));
            Json.send(request, response, Status.OK_200, Map.of("value", value.toString()));
        };
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** Reads a field that has this JSON value. Returns the result as text. */
    private String read(String path, String json) {
        return post(path, json).json(200).path("value").stringValue();
    }

    private String refusal(String path, String json) {
        return post(path, json).problem(400);
    }

    private TestServer.Answer post(String path, String json) {
        return server.post(path, "{\"field\":" + json + "}");
    }

    private String refusalWithoutTheField(String path) {
        return server.post(path, "{\"other\":1}").problem(400);
    }

    @Test
    void problemOfAnUnknownFieldListsTheAllowedFields() {
        TestServer.Answer answer = server.post("/any", "{\"field\":1,\"a/~b\":2}");
        assertThat(answer.problem(400), is("unknown field \"a/~b\"; allowed are field, other"));
        assertThat(answer.type(), is("/problems/invalid-field"));
        assertThat(answer.field(), is("/a~1~0b"));
    }

    @Test
    void problemNamesTheFieldForPrograms() {
        TestServer.Answer answer = post("/text", "7");
        assertThat(answer.problem(400), is("field must be a string, but was 7"));
        assertThat(answer.type(), is("/problems/invalid-field"));
        assertThat(answer.field(), is("/field"));
    }

    @Test
    void unpairedSurrogateInAQuotedValueIsReplaced() { // it has no UTF-8 form, so the response could not be encoded
        assertThat(refusal("/text", "[\"\\ud83d\"]"), is("field must be a string, but was [\"?\"]"));
    }

    @Test
    void uuidIsRead() {
        assertThat(read("/uuid", '"' + ID.toString().toUpperCase(Locale.ROOT) + '"'), is(ID.toString()));
        assertThat(read("/optional-uuid", "\"" + ID + "\""), is("Optional[" + ID + "]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\""})
    void missingUuidIsRefusedOnlyIfItIsRequired(String json) {
        assertThat(refusal("/uuid", json), is("field is required, and must be a UUID other than nil"));
        assertThat(refusalWithoutTheField("/uuid"), is("field is required, and must be a UUID other than nil"));
        assertThat(read("/optional-uuid", json), is("Optional.empty"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x\"",
                "\" \"",
                "\"00000000-0000-0000-0000-000000000000\"",
                "\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c0\"",
                "7",
                "{}",
                "[]",
                "false"
            })
    void valueOtherThanAUuidIsRefused(String json) {
        assertThat(refusal("/uuid", json), startsWith("field must "));
        assertThat(refusal("/optional-uuid", json), startsWith("field must "));
    }

    @Test
    void textIsRead() {
        assertThat(read("/text", "\"12345\""), is("12345"));
        assertThat(read("/optional-text", "\" \""), is("Optional[ ]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\" \"", "\"\\t\\n\""})
    void requiredTextMustNotBeBlank(String json) {
        assertThat(refusal("/text", json), is("field is required, and must not be blank"));
    }

    @Test
    void absentTextIsRefusedOnlyIfItIsRequired() {
        assertThat(refusalWithoutTheField("/text"), is("field is required, and must not be blank"));
        assertThat(server.post("/optional-text", "{}").json(200).path("value").stringValue(), is("Optional.empty"));
        assertThat(read("/optional-text", "null"), is("Optional.empty"));
    }

    @Test
    void longerTextThanAllowedIsRefused() {
        assertThat(refusal("/text", "\"123456\""), is("field must have at most 5 characters, and had 6"));
        assertThat(refusal("/optional-text", "\"123456\""), is("field must have at most 5 characters, and had 6"));
    }

    @Test
    void lengthIsInCodePoints() {
        String birds = "\"" + "🐦".repeat(5) + "\"";
        assertThat(read("/text", birds), is("🐦".repeat(5)));
    }

    @ParameterizedTest
    @CsvSource({"17,17", "true,true", "{},{}", "[],[]", "1.5,1.5"})
    void problemQuotesTheValueThatIsNotAString(String json, String value) {
        assertThat(refusal("/text", json), is("field must be a string, but was " + value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\":{\"b\":[1,null,\"é\"]}}", "{\"n\":1.10}"})
    void objectIsReadVerbatim(String json) {
        assertThat(read("/object", json), is(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"{}\"", "1", "true"})
    void valueOtherThanAnObjectIsRefused(String json) {
        assertThat(refusal("/object", json), startsWith("field is required, and must be a JSON object; it was "));
    }

    @Test
    void absentObjectIsRefused() {
        assertThat(refusalWithoutTheField("/object"), is("field is required, and must be a JSON object"));
    }

    @Test
    void problemQuotesOnlyTheBeginningOfALongValue() {
        assertThat(refusal("/text", "[\"" + "x".repeat(10_000) + "\"]").length(), lessThan(200));
    }

    @Test
    void uuidsAreReadInOrder() {
        String other = "11111111-2222-4333-8444-555555555555";
        assertThat(read("/uuids", "[\"" + ID + "\",\"" + other + "\"]"), is("[" + ID + ", " + other + "]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\",7]|/field/1|each of field must be a UUID other than nil, but was \"7\"",
                "[\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\",\"0B7C5E0A-9f3d-4c1e-8a2b-1d2e3f4a5b6c\"]|/field/1|field must not contain duplicates, but has 0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c twice",
                "[]|/field|field must have 1 to 3 elements, and had 0",
                "[1,2,3,4]|/field|field must have 1 to 3 elements, and had 4",
                "{}|/field|field is required, and must be a JSON array; it was {}"
            })
    void problemPointsToTheInvalidElement(String json, String place, String detail) {
        TestServer.Answer answer = post("/uuids", json);
        assertThat(answer.problem(400), is(detail));
        assertThat(answer.field(), is(place));
    }

    @Test
    void arrayIsRead() {
        assertThat(read("/elements", "[1,{},null]"), is("[1, {}, null]"));
        assertThat(refusalWithoutTheField("/elements"), is("field is required, and must be a JSON array"));
    }

    @Test
    void nestedObjectIsReadFieldByField() {
        assertThat(read("/inner", "[{\"field\":\"x\"}]"), is("x"));
        assertThat(refusal("/inner", "[{\"feild\":1}]"), is("unknown field \"feild\"; allowed are field"));
    }
}
