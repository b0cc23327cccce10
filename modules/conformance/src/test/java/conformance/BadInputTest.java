package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import testing.ForeignGateway;
import testing.TestDatabase;

/** Invalid input gets a clear error, publishes nothing, and reveals no internals. */
class BadInputTest {

    private static HubProcess hub;

    @BeforeAll
    static void start() throws Exception {
        hub = HubProcess.start("push: {}");
    }

    @AfterAll
    static void stop() throws Exception {
        hub.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 257, 1 << 20})
    void anInvalidGatewayIdIsRefused(int length) throws Exception {
        Status status = new ForeignGateway(hub.channel(), ForeignGateway.request("x".repeat(length), "")).status();
        assertThat(status.getCode(), is(Status.Code.INVALID_ARGUMENT));
        assertThat(status.getDescription(), containsString("gateway_client_id"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/v1/notifications | no json | not valid JSON",
                "/api/v1/notifications | {\"user_id\":\"me\",\"kind\":\"k\",\"payload\":{}} | user_id",
                "/api/v1/notifications | {\"user_id\":\"3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11\",\"payload\":{}} | kind",
                "/api/v1/notifications | {\"user_id\":\"3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11\",\"kind\":\"k\"} | payload",
                "/api/v1/notifications | {\"user_id\":\"3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11\",\"kind\":\"k\",\"payload\":\"x\"} | payload",
                "/api/v1/sessions | {\"user_id\":7} | user_id"
            })
    void theProblemOfAnInvalidRequestNamesTheField(String path, String body, String field) throws Exception {
        HubApi.Answer answer = hub.api().call("POST", path, body);
        assertThat(answer.status(), is(400));
        assertThat(answer.contentType(), is("application/problem+json"));
        assertThat(answer.json().path("detail").asString(), containsString(field));
        assertThat(answer.body(), not(containsString("Exception")));
        assertThat(hub.api().status().path("head").asString(), is(hub.epoch() + "-0"));
    }

    @Test
    void anUnknownRouteIsAProblem() throws Exception {
        HubApi.Answer answer = hub.api().call("GET", "/api/v2/nothing", "");
        assertThat(answer.status(), is(404));
        assertThat(answer.contentType(), is("application/problem+json"));
    }

    @Test
    void aBodyOfMoreThanAMebibyteIsTooLarge() throws Exception {
        assertThat(
                hub.api()
                        .call("POST", "/api/v1/notifications", "x".repeat((1 << 20) + 1))
                        .status(),
                is(413));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "push.freshness-window | PT0S",
                "push.freshness-window | soon",
                "push.ring.capacity | 0",
                "push.ring.max-bytes | much",
                "push.subscriber.stall-timeout | PT9S",
                "push.log | kafka",
                "server.port | 70000",
                "auth.db.url | mysql"
            })
    void anInvalidSettingStopsTheStartAndIsNamed(String key, String value, @TempDir Path folder) throws Exception {
        Path config = Files.writeString(
                folder.resolve("bad.yaml"),
                key.replace(".", ": { ") + ": \"" + value + "\""
                        + " }".repeat((int) key.chars().filter(c -> c == '.').count()));
        Image.Result result = Image.built().push("serve", "--config", config.toString());
        assertThat(result.exit(), is(1));
        assertThat(result.out(), is(""));
        assertThat(
                result.err(), both(startsWith("push: " + key + " must be ")).and(containsString("\"" + value + "\"")));
        assertThat("one line", result.err().lines().count(), is(1L));
    }

    @Test
    void aDatabaseOfAnotherHubStopsTheStartAndIsNamed(@TempDir Path folder) throws Exception {
        String url = TestDatabase.H2.freshUrl();
        String yaml = "auth: { db: { url: '" + url + "' } }";
        try (HubProcess _ = HubProcess.start(yaml)) {
            Path config = Files.writeString(folder.resolve("second.yaml"), yaml);
            Image.Result second = Image.built().push("serve", "--port", "0", "--config", config.toString());
            assertThat(second.exit(), is(1));
            assertThat(second.out(), is(""));
            assertThat(
                    second.err().strip(),
                    is("push: the database of auth.db.url, " + url
                            + ", is in use by another process; stop that process, or name another file, such as"
                            + " jdbc:h2:file:./other/auth"));
        }
    }
}
