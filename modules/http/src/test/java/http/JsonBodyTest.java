package http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;

import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import testing.TestServer;

/** Reading the JSON object in a request body. */
class JsonBodyTest {

    private static final String JSON = "Content-Type: application/json";

    private final TestServer server = new TestServer(settings -> Problems.serve(
            settings,
            routing -> routing.post("/any", reads(body -> "read")).post("/sha-256", reads(JsonBodyTest::sha256))));

    private static String sha256(JsonBody body) {
        MessageDigest digest = sha256();
        body.digest(digest);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
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

    private static String chunked(int length) {
        return TestServer.head("POST", "/sha-256", JSON) + "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(length) + "\r\n" + bodyOf(length) + "\r\n0\r\n\r\n";
    }

    private static String bodyOf(int length) {
        return "{}" + " ".repeat(length - 2);
    }

    @ParameterizedTest
    @CsvSource({
        "Transfer-Encoding: chunked, zz|",
        "Transfer-Encoding: chunked, zz|{}|0||",
        "Transfer-Encoding: chunked, -1|{}|0||",
        "Transfer-Encoding: chunked, ffffffffffffffff|{}|0||",
        "Transfer-Encoding: chunked, 2;a=b|{}|0||"
    })
    void malformedChunkIsRefusedAndClosesTheConnection(String header, String body) {
        TestServer.Answer answer =
                server.last(TestServer.head("POST", "/any", header, JSON) + "\r\n" + body.replace("|", "\r\n"), false);
        assertThat(answer.problem(400), is("the body is malformed or incomplete"));
        assertThat(answer.headers().get("Connection"), is("close"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 30\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n5\r\n{"})
    void truncatedBodyIsRefused(String rest) {
        TestServer.Answer answer = server.last(TestServer.head("POST", "/any", JSON) + rest, true);
        assertThat(answer.problem(400), is("the body is malformed or incomplete"));
    }

    @Test
    void digestIsOfTheBytesAsReceived() {
        String body = " {\"field\" : \"é\"}\n";
        assertThat(server.post("/sha-256", body).json(200).path("value").stringValue(), is(sha256(body)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;charset=utf-8",
                "application/json ; charset=utf-8"
            })
    void jsonMediaTypeIsAccepted(String type) {
        server.post("/any", "{}", "Content-Type: " + type).json(200);
    }

    @Test
    void bodyWithoutAMediaTypeIsRefused() {
        assertThat(
                server.raw(TestServer.head("POST", "/any") + "Content-Length: 2\r\n\r\n{}")
                        .problem(415),
                is("Content-Type is required for a request with a body, and must be application/json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/json-patch+json",
                "application/x-www-form-urlencoded",
                "json",
                "text/plain; x=application/json"
            })
    void otherMediaTypeIsRefused(String type) {
        assertThat(
                server.post("/any", "{}", "Content-Type: " + type).problem(415),
                startsWith("Content-Type must be application/json, in UTF-8, but was "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "nonsense", "{\"field\":1} x", "{\"field\":1}{}", "{\"field\":1,\"field\":1}", "{'field':1}"
            })
    void invalidJsonIsRefused(String body) {
        assertThat(server.post("/any", body).problem(400), startsWith("the body is not valid JSON: "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[]", "null", "1", "\"{}\"", "true"})
    void bodyOtherThanAnObjectIsRefused(String body) {
        assertThat(server.post("/any", body).problem(400), is("the body must be a JSON object"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"field\":%s}", "{\"field\":{\"a\":%s}}"})
    void deepNestingAndLongNameAreRefusedWithoutTheParsersMessage(String body) {
        String deep = "[".repeat(500) + "]".repeat(500);
        for (String value : List.of(deep, "{\"" + "n".repeat(50_001) + "\":1}")) {
            TestServer.Answer answer = server.post("/any", body.formatted(value));
            assertThat(
                    answer.problem(400),
                    startsWith("the body is not acceptable JSON: it is nested deeper than 500 levels, or"));
            assertThat(answer.type(), is("/problems/bad-request"));
        }
    }

    @Test
    void deepestAllowedNestingIsRead() {
        server.post("/any", "{\"field\":" + "[".repeat(499) + "]".repeat(499) + "}")
                .json(200);
    }

    @Test
    void nestingThatWouldExhaustTheStackIsRefused() {
        assertThat(
                server.post("/any", "{\"field\":" + "[".repeat(100_000) + "}").problem(400),
                startsWith("the body is not acceptable JSON: "));
    }

    @Test
    void problemDoesNotQuoteTheWholeBody() {
        assertThat(server.post("/any", "x".repeat(100_000)).problem(400).length(), lessThan(1000));
    }

    @Test
    void bodyOfOneMebibyteIsRead() {
        for (int length : new int[] {1 << 20, 64 << 10, (64 << 10) + 1, 2}) {
            String sum = sha256(bodyOf(length));
            assertThat(
                    server.post("/sha-256", bodyOf(length))
                            .json(200)
                            .path("value")
                            .stringValue(),
                    is(sum));
            assertThat(server.raw(chunked(length)).json(200).path("value").stringValue(), is(sum));
        }
    }

    @Test
    void declaredLengthBeyondOneMebibyteIsRefusedBeforeTheBodyIsSent() {
        assertThat(
                server.raw(TestServer.head("POST", "/sha-256", JSON) + "Content-Length: 1048577\r\n\r\n")
                        .problem(413),
                is("the body must have at most 1048576 bytes"));
    }

    @Test
    void sentBodyBeyondOneMebibyteIsRefused() {
        assertThat(server.post("/sha-256", bodyOf((1 << 20) + 1)).problem(413), containsString("1048576"));
    }

    @Test
    void chunkedBodyBeyondOneMebibyteIsRefused() {
        assertThat(server.raw(chunked((1 << 20) + 1)).problem(413), is("the body must have at most 1048576 bytes"));
    }
}
