package app.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

class PushCommandTest {

    private static final String USER = "0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c";
    private static final String SESSION = "11111111-2222-4333-8444-555555555555";

    private final CannedHub hub = new CannedHub();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        hub.close();
    }

    private int run(String... arguments) {
        CommandLine line = PushCommand.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    /** Runs a command line whose words are divided by blanks, against the canned hub. */
    private int runAtHub(String line) {
        return run((line + " --target 127.0.0.1:" + hub.port()).split(" "));
    }

    /** What a failure says: one line, and nothing on stdout. */
    private String failure() {
        assertThat(out.toString(), is(""));
        assertThat(err.toString().lines().count(), is(1L));
        assertThat(err.toString(), startsWith("push: "));
        return err.toString().strip().substring("push: ".length());
    }

    private static int portWithoutAListener() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "demo", "tail", "notify", "revoke", "status"})
    void everyCommandHasItsHelp(String command) {
        assertThat(run(command, "--help"), is(0));
        assertThat(out.toString(), startsWith("Usage: push " + command));
        assertThat(err.toString(), is(""));
    }

    @Test
    void helpNamesEveryCommand() {
        assertThat(run("--help"), is(0));
        for (String command : new String[] {"serve", "demo", "tail", "notify", "revoke", "status"}) {
            assertThat(out.toString(), containsString("\n  " + command + " "));
        }
    }

    @Test
    void versionIsThatOfTheBuild() {
        assertThat(run("--version"), is(0));
        assertThat(out.toString().strip(), is("push " + System.getProperty("project.version")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "--nonsense",
                "serve --nonsense",
                "serve --port http",
                "serve --port",
                "serve extra",
                "serve --port 70000",
                "tail --count many",
                "tail --count 0",
                "tail --target nonsense",
                "status --target host:0",
                "status --target h_o<st:80",
                "tail --target",
                "notify",
                "notify --user 0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c",
                "notify --kind mail",
                "notify --user a --user b --kind mail",
                "revoke",
                "revoke --session 11111111-2222-4333-8444-555555555555",
                "status --jsn"
            })
    void wrongUsageEndsWith2AndSaysWhatIsRight(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" ")), is(2));
        assertThat(out.toString(), is(""));
        assertThat(err.toString(), matchesRegex("(?s).+(Usage: push|Did you mean|Possible solutions).+"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notify --user 0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c --kind mail",
                "revoke --user 0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c",
                "status"
            })
    void withoutAHubACommandEndsWith1AndSaysWhatToDo(String line) throws Exception {
        String target = "127.0.0.1:" + portWithoutAListener();
        assertThat(run((line + " --target " + target).split(" ")), is(1));
        assertThat(
                failure(),
                is("no hub responds at " + target + "; start one with `push serve`, or specify another with --target"));
    }

    @Test
    void refusalOfTheHubIsSaidInItsOwnWords() {
        hub.refuse("user_id must be a UUID other than nil, and was \"bob\"");
        assertThat(runAtHub("notify --user bob --kind mail"), is(1));
        assertThat(
                failure(),
                is("the hub at 127.0.0.1:" + hub.port()
                        + " refused: user_id must be a UUID other than nil, and was \"bob\""));
    }

    @Test
    void answerThatIsNoJsonIsNotAHubs() {
        hub.answerWithHtml(200);
        assertThat(runAtHub("status"), is(1));
        assertThat(failure(), is("the server at 127.0.0.1:" + hub.port() + " is not a hub: its response is not JSON"));
    }

    /** A proxy in front of the hub answers in its own words. */
    @ParameterizedTest
    @CsvSource({
        "401, see --token-file",
        "403, the token or the certificate does not permit this",
        "404, 'a proxy may hide this path, so specify the hub itself with --target'",
        "400, 'if it uses TLS, add --tls'",
        "502, the hub behind it does not respond"
    })
    void refusalOfAProxyIsReportedByItsStatus(int status, String advice) {
        hub.answerWithHtml(status);
        assertThat(runAtHub("status"), is(1));
        assertThat(
                failure(),
                is("the server at 127.0.0.1:" + hub.port() + " returned HTTP status " + status + ", but is not a hub; "
                        + advice));
    }

    @Test
    void hostWithoutAnAddressIsTold() {
        assertThat(run("status", "--target", "nowhere.invalid:1"), is(1));
        assertThat(failure(), containsString("nowhere.invalid:1 (unknown host)"));
    }

    @Test
    void tailNeedsOneStart() {
        assertThat(runAtHub("tail --earliest --cursor e-1"), is(2));
    }

    @Test
    void notifyPublishesAndPrintsTheCursor() {
        assertThat(
                runAtHub("notify --user " + USER + " --kind mail --session " + SESSION + " --payload {\"n\":1.10}"),
                is(0));
        assertThat(out.toString().lines().toList(), contains("e-1"));
        assertThat(err.toString(), is(""));
        assertThat(
                hub.requests(),
                contains("POST /api/v1/notifications {\"user_id\":\"" + USER + "\",\"device_session_id\":\"" + SESSION
                        + "\",\"kind\":\"mail\",\"payload\":{\"n\":1.10}}"));
    }

    @Test
    void notificationWithoutAPayloadHasAnEmptyOne() {
        assertThat(runAtHub("notify --user " + USER + " --kind mail"), is(0));
        assertThat(
                hub.requests(),
                contains("POST /api/v1/notifications {\"user_id\":\"" + USER + "\",\"kind\":\"mail\",\"payload\":{}}"));
    }

    @Test
    void payloadThatIsNoJsonIsNotSent() {
        assertThat(runAtHub("notify --user " + USER + " --kind mail --payload {n:1}"), is(2));
        assertThat(err.toString(), startsWith("--payload is no JSON: "));
        assertThat(hub.requests(), is(empty()));
    }

    @Test
    void revokeWithoutASessionRevokesAllOfTheUsers() {
        assertThat(
                run("revoke", "--user", USER, "--reason", "lost phone & keys", "--target", "127.0.0.1:" + hub.port()),
                is(0));
        assertThat(
                out.toString().lines().toList(),
                contains("told gateways to cut off user " + USER + "; open sessions at this hub: 2"));
        assertThat(hub.requests(), contains("DELETE /api/v1/users/" + USER + "/sessions reason=lost phone & keys"));
    }

    @Test
    void revokeOfOneSessionLooksWhoseItIs() {
        hub.sessionIsOf(USER);
        assertThat(runAtHub("revoke --user " + USER + " --session " + SESSION + " --reason lost"), is(0));
        assertThat(out.toString().lines().toList(), contains("revoked session " + SESSION));
        assertThat(
                hub.requests(),
                contains("GET /api/v1/sessions/" + SESSION, "DELETE /api/v1/sessions/" + SESSION + " reason=lost"));
    }

    @Test
    void sessionOfAnotherUserIsNotRevoked() {
        hub.sessionIsOf("99999999-2222-4333-8444-555555555555");
        assertThat(runAtHub("revoke --user " + USER + " --session " + SESSION), is(1));
        assertThat(failure(), is("session " + SESSION + " does not belong to user " + USER + "; nothing was revoked"));
        assertThat(hub.requests(), contains("GET /api/v1/sessions/" + SESSION));
    }

    @Test
    void statusIsATableOfTheHubAndOneOfItsSubscribers() {
        assertThat(runAtHub("status"), is(0));
        assertThat(
                out.toString().lines().toList(),
                contains(
                        "LOG     EPOCH  HEAD  OLDEST  EVENTS  BYTES  SUBSCRIBERS",
                        "memory  e      e-9   e-3          7    512            1",
                        "",
                        "GATEWAY  PEER            SINCE                 CURSOR  LAG  DELIVERED  DROPPED  STATE",
                        "edge-1   192.0.2.1:4711  2026-01-01T10:00:00Z  e-8       1          5        2  live",
                        ""));
    }

    @Test
    void statusAsJsonIsOneObjectInOneLine() {
        assertThat(runAtHub("status --json"), is(0));
        assertThat(out.toString().lines().count(), is(1L));
        JsonNode json = http.Json.MAPPER.readTree(out.toString());
        assertThat(json.path("status").toString(), is(CannedHub.STATUS));
        assertThat(json.path("subscribers").toString(), is(CannedHub.SUBSCRIBERS));
    }

    @Test
    void serveWithoutItsConfigurationEndsWith1AndNamesTheFile(@TempDir Path directory) {
        Path none = directory.resolve("none.yaml");
        assertThat(run("serve", "--config", none.toString()), is(1));
        assertThat(failure(), startsWith("the configuration " + none + " cannot be read: "));
    }

    @Test
    void serveWithAWrongValueEndsWith1AndSaysWhatIsAllowed(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("push.yaml"), "push:\n  heartbeat: often\n");
        assertThat(run("serve", "--config", file.toString(), "--port", "0"), is(1));
        assertThat(
                failure(),
                is(
                        "push.heartbeat must be a duration such as PT5M, positive and at most PT876000H, and was \"often\""));
    }
}
