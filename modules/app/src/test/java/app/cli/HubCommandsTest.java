package app.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tests what the commands send to a hub, and what they print of its responses. */
class HubCommandsTest {

    private static final String USER = "0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c";
    private static final String SESSION = "11111111-2222-4333-8444-555555555555";

    private final CannedHub hub = new CannedHub();
    private final CommandRun command = new CommandRun();

    @AfterEach
    void close() {
        hub.close();
    }

    /** Runs a command line, whose words are separated by spaces, with the canned hub. */
    private int runAtHub(String line) {
        return command.run((line + " --target 127.0.0.1:" + hub.port()).split(" "));
    }

    @Test
    void refusalOfTheHubIsReportedInItsOwnWords() {
        hub.refuse("user_id must be a UUID other than nil, but was \"bob\"");
        assertThat(runAtHub("notify --user bob --kind mail"), is(1));
        assertThat(
                command.failure(),
                is("the hub at 127.0.0.1:" + hub.port()
                        + " refused: user_id must be a UUID other than nil, but was \"bob\""));
    }

    @Test
    void responseThatIsNotJsonIsNotFromAHub() {
        hub.answerWithHtml(200);
        assertThat(runAtHub("status"), is(1));
        assertThat(
                command.failure(),
                is("the server at 127.0.0.1:" + hub.port() + " is not a hub: its response is not JSON"));
    }

    /** A proxy in front of the hub responds with its own text. */
    @ParameterizedTest
    @CsvSource({
        "401, see --token-file",
        "403, the token or the certificate does not permit this",
        "404, 'a proxy may hide this path, so specify the hub itself with --target'",
        "400, 'if it uses TLS, add --tls'",
        "502, the hub behind it does not respond"
    })
    void refusalOfAProxyIsReportedWithItsStatus(int status, String advice) {
        hub.answerWithHtml(status);
        assertThat(runAtHub("status"), is(1));
        assertThat(
                command.failure(),
                is("the server at 127.0.0.1:" + hub.port() + " returned HTTP status " + status + ", but is not a hub; "
                        + advice));
    }

    @Test
    void tailRefusesTwoStartPositions() {
        assertThat(runAtHub("tail --earliest --cursor e-1"), is(2));
    }

    @Test
    void notifyPublishesAndPrintsTheCursor() {
        assertThat(
                runAtHub("notify --user " + USER + " --kind mail --session " + SESSION + " --payload {\"n\":1.10}"),
                is(0));
        assertThat(command.out().lines().toList(), contains("e-1"));
        assertThat(command.err(), is(""));
        assertThat(
                hub.requests(),
                contains("POST /api/v1/notifications {\"user_id\":\"" + USER + "\",\"device_session_id\":\"" + SESSION
                        + "\",\"kind\":\"mail\",\"payload\":{\"n\":1.10}}"));
    }

    @Test
    void missingPayloadIsAnEmptyObject() {
        assertThat(runAtHub("notify --user " + USER + " --kind mail"), is(0));
        assertThat(
                hub.requests(),
                contains("POST /api/v1/notifications {\"user_id\":\"" + USER + "\",\"kind\":\"mail\",\"payload\":{}}"));
    }

    @Test
    void invalidPayloadIsNotSent() {
        assertThat(runAtHub("notify --user " + USER + " --kind mail --payload {n:1}"), is(2));
        assertThat(command.err(), matchesRegex("(?s)--payload is .*JSON: .+"));
        assertThat(hub.requests(), is(empty()));
    }

    @Test
    void revokeWithoutASessionRevokesAllSessionsOfTheUser() {
        assertThat(
                command.run(
                        "revoke",
                        "--user",
                        USER,
                        "--reason",
                        "lost phone & keys",
                        "--target",
                        "127.0.0.1:" + hub.port()),
                is(0));
        assertThat(
                command.out().lines().toList(),
                contains("told gateways to cut off user " + USER + "; open sessions at this hub: 2"));
        assertThat(hub.requests(), contains("DELETE /api/v1/users/" + USER + "/sessions reason=lost phone & keys"));
    }

    @Test
    void revokeChecksTheUserOfTheSession() {
        hub.sessionIsOf(USER);
        assertThat(runAtHub("revoke --user " + USER + " --session " + SESSION + " --reason lost"), is(0));
        assertThat(command.out().lines().toList(), contains("revoked session " + SESSION));
        assertThat(
                hub.requests(),
                contains("GET /api/v1/sessions/" + SESSION, "DELETE /api/v1/sessions/" + SESSION + " reason=lost"));
    }

    @Test
    void sessionOfAnotherUserIsNotRevoked() {
        hub.sessionIsOf("99999999-2222-4333-8444-555555555555");
        assertThat(runAtHub("revoke --user " + USER + " --session " + SESSION), is(1));
        assertThat(
                command.failure(),
                is("session " + SESSION + " does not belong to user " + USER + "; nothing was revoked"));
        assertThat(hub.requests(), contains("GET /api/v1/sessions/" + SESSION));
    }

    @Test
    void statusPrintsATableOfTheHubAndOneOfItsSubscribers() {
        assertThat(runAtHub("status"), is(0));
        assertThat(
                command.out().lines().toList(),
                contains(
                        "LOG     EPOCH  HEAD  OLDEST  EVENTS  BYTES  SUBSCRIBERS",
                        "memory  e      e-9   e-3          7    512            1",
                        "",
                        "GATEWAY  PEER            SINCE                 CURSOR  LAG  DELIVERED  DROPPED  STATE",
                        "edge-1   192.0.2.1:4711  2026-01-01T10:00:00Z  e-8       1          5        2  live",
                        ""));
    }

    @Test
    void statusAsJsonIsOneObjectOnOneLine() {
        assertThat(runAtHub("status --json"), is(0));
        assertThat(command.out().lines().count(), is(1L));
        JsonNode json = http.Json.MAPPER.readTree(command.out());
        assertThat(json.path("status").toString(), is(CannedHub.STATUS));
        assertThat(json.path("subscribers").toString(), is(CannedHub.SUBSCRIBERS));
    }
}
