package notification;

import static notification.TestNotifications.PATH;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import push.api.ClientEvent;
import testing.TestServer;

class NotificationOddInputTest {

    private static final String BODY =
            "{\"user_id\":\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\",\"kind\":\"mail\",\"payload\":%s,\"event_id\":\"%s\"}";

    private final TestNotifications notifications = new TestNotifications();
    private final List<ClientEvent> published = notifications.published;
    private final TestServer server = notifications.server;

    @AfterEach
    void close() {
        notifications.close();
    }

    @ParameterizedTest
    @MethodSource
    void numberOutOfRangeIsRefusedAnywhereInThePayload(String number) {
        for (String payload : List.of("{\"n\":%s}", "{\"a\":[1,{\"b\":[%s]}],\"c\":\"\\u00e9\"}")) {
            TestServer.Answer answer = server.post(PATH, BODY.formatted(payload.formatted(number), "x"));
            assertThat(answer.problem(422), containsString("at most 100 digits, and an exponent from -400 to 400"));
            assertThat(answer.field(), is("/payload"));
        }
        assertThat(published, empty());
    }

    static List<String> numberOutOfRangeIsRefusedAnywhereInThePayload() {
        return List.of(
                "1e999999999999",
                "1e2147483648",
                "1e-2147483648",
                "1E+401",
                "-1.5e-00401",
                "1".repeat(101),
                "-0." + "1".repeat(100),
                "1".repeat(500_000));
    }

    @ParameterizedTest
    @MethodSource
    void numberIsForwardedUnchanged(String number) {
        String payload = "{ \"n\":\t[" + number + "] }";
        assertThat(
                server.post(PATH, BODY.formatted(payload.replace("\t", "  "), "x"))
                        .status(),
                is(202));
        assertThat(published.getFirst().payload().toString(), is(payload.replace("\t", "  ")));
    }

    static List<String> numberIsForwardedUnchanged() {
        return List.of(
                "-0.0",
                "-0",
                "1.10",
                "1E400",
                "1e-0400",
                "0e+400",
                "1".repeat(100),
                "-0." + "1".repeat(99),
                "123456789012345678901234567890.12345");
    }

    @Test
    void repeatedKeyHeaderIsRefused() {
        TestServer.Answer answer =
                server.post(PATH, BODY.formatted("{}", "x"), "Idempotency-Key: a", "Idempotency-Key: a");
        assertThat(answer.problem(400), is("Idempotency-Key must be present once, but was present 2 times"));
        assertThat(published, empty());
    }

    @Test
    void loneSurrogateInThePayloadIsRefused() {
        String detail =
                server.post(PATH, BODY.formatted("{\"a\":\"\\ud83d\"}", "x")).problem(400);
        assertThat(detail, containsString("payload"));
        assertThat(published, empty());
    }

    @Test
    void loneSurrogateInTheEventIdIsRefused() { // it would become "?" on the wire, and stay unchanged in the response
        server.post(PATH, BODY.formatted("{}", "\\ud83d")).problem(400);
    }

    @Test
    void responseToHeadHasNoBody() {
        assertThat(server.raw("HEAD " + PATH + " HTTP/1.1\r\nHost: t\r\n\r\n").body(), is(""));
    }
}
