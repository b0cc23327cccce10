package http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import limits.RequestBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that two readers could decode differently, and the forwarded values of accepted bodies. */
class StrictBodyTest {

    private static JsonFields read(byte[] body) {
        RequestMemory memory = new RequestMemory(RequestBudget.of(64 << 20));
        JsonReader reader = new JsonReader(body, body.length, Set.of("payload"), memory);
        return new JsonFields(reader, reader.read());
    }

    private static String payload(String body) {
        return new String(
                read(body.getBytes(StandardCharsets.UTF_8)).rawObject("payload").bytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c0af", // an overlong slash
                "c1bf",
                "e080af",
                "e09f80",
                "f08080af",
                "eda080", // an unpaired surrogate
                "edbfbf",
                "eda0bdedb08d", // a surrogate pair
                "f4908080", // beyond Unicode
                "f5808080",
                "80",
                "c3",
                "ff",
                "fe"
            })
    void invalidUtf8IsRefused(String hex) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("{\"payload\":{\"a\":\"".getBytes(StandardCharsets.UTF_8));
        body.writeBytes(HexFormat.of().parseHex(hex));
        body.writeBytes("\"}}".getBytes(StandardCharsets.UTF_8));
        Problem problem = assertThrows(Problem.class, () -> read(body.toByteArray()));
        assertThat(problem.status().code(), is(400));
        assertThat(problem.detail(), containsString("UTF-8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
    void otherEncodingsOfUnicodeAreRefused(String encoding) {
        byte[] body = "{\"payload\":{}}".getBytes(Charset.forName(encoding));
        assertThat(assertThrows(Problem.class, () -> read(body)).status().code(), is(400));
    }

    @Test
    void byteOrderMarkIsRefused() {
        byte[] body = "\ufeff{\"payload\":{}}".getBytes(StandardCharsets.UTF_8);
        assertThat(
                assertThrows(Problem.class, () -> read(body)).detail(),
                is("the body must not begin with a byte order mark"));
    }

    @Test
    void longTextOfMultibyteCharactersIsAccepted() { // longer than the decoder's buffer
        for (int shift = 0; shift < 4; shift++) {
            byte[] text = ("x".repeat(shift) + "é🐦ü€".repeat(5_000)).getBytes(StandardCharsets.UTF_8);
            assertThat(StrictUtf8.error(text, text.length), is(Optional.empty()));
            assertThat(StrictUtf8.error(text, text.length - 1).isPresent(), is(true));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ }",
                "{\t\"a\" : [ 1 , -0.0 , 1.50 ] ,\n\"é\":\"\\u00e9\\/\\ud83d\\udc26🐦\" }",
                "{\"payload\":{\"payload\":[]},\"b\":\"}{\\\"\"}"
            })
    void objectIsForwardedVerbatim(String object) {
        assertThat(payload("{\"payload\":" + object + "}"), is(object));
        assertThat(payload(" { \"k\" : \"é🐦\" , \"payload\" : " + object + " , \"z\" : [ 1 ] } "), is(object));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"a\":[{\"b\":1,\"b\":1}]}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":1,}",
                "{'a':1}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":tru}",
                "{\"a\":1 /* */}",
                "{\"a\":[1}",
                "{"
            })
    void rawValueMustBeStrictJson(String object) {
        byte[] body = ("{\"payload\":" + object + "}").getBytes(StandardCharsets.UTF_8);
        assertThrows(IllegalArgumentException.class, () -> read(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\ud83d",
                "\\udc26\\ud83d",
                "x\\ud83dx",
                "\\ud83d\\ud83d\\udc26",
                "\\\\\\ud83d",
                "\\uD83D\\n\\uDC26"
            })
    void unpairedSurrogateIsFoundInStringsAndNames(String text) {
        byte[] inAText = ("{\"payload\":{\"a\":[\"" + text + "\"]}}").getBytes(StandardCharsets.UTF_8);
        Problem problem = assertThrows(Problem.class, () -> read(inAText).rawObject("payload"));
        assertThat(problem.detail(), is("payload must be valid Unicode, but has an unpaired surrogate"));
        byte[] inAName = ("{\"payload\":{\"" + text + "\":1}}").getBytes(StandardCharsets.UTF_8);
        assertThrows(IllegalArgumentException.class, () -> read(inAName));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{}]", "1", "\"{}\"", "null", "true"})
    void problemQuotesTheBeginningOfAValueThatIsNotAnObject(String json) {
        byte[] body = ("{\"payload\":" + json + "}").getBytes(StandardCharsets.UTF_8);
        Problem problem = assertThrows(Problem.class, () -> read(body).rawObject("payload"));
        assertThat(problem.detail(), containsString("payload is required, and must be a JSON object; it was "));
    }

    @Test
    void tooManyValuesOutsideRawValuesAreRefused() {
        String body = "{\"payload\":{},\"a\":[" + "1,".repeat(JsonReader.MAX_VALUES) + "1]}";
        assertThrows(IllegalArgumentException.class, () -> read(body.getBytes(StandardCharsets.UTF_8)));
        payload("{\"a\":[1],\"payload\":{\"a\":[" + "1,".repeat(JsonReader.MAX_VALUES) + "1]}}");
    }
}
