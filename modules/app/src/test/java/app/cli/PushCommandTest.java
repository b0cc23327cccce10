package app.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the command line without a hub: help, wrong usage, and failures. */
class PushCommandTest {

    private final CommandRun command = new CommandRun();

    private static int portWithoutAListener() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "demo", "tail", "notify", "revoke", "status"})
    void everyCommandHasHelp(String name) {
        assertThat(command.run(name, "--help"), is(0));
        assertThat(command.out(), startsWith("Usage: push " + name));
        assertThat(command.err(), is(""));
    }

    @Test
    void helpListsEveryCommand() {
        assertThat(command.run("--help"), is(0));
        for (String name : new String[] {"serve", "demo", "tail", "notify", "revoke", "status"}) {
            assertThat(command.out(), containsString("\n  " + name + " "));
        }
    }

    @Test
    void versionIsThatOfTheBuild() {
        assertThat(command.run("--version"), is(0));
        assertThat(command.out().strip(), is("push " + System.getProperty("project.version")));
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
    void wrongUsageExitsWith2AndShowsTheUsage(String line) {
        assertThat(command.run(line.isEmpty() ? new String[0] : line.split(" ")), is(2));
        assertThat(command.out(), is(""));
        assertThat(command.err(), matchesRegex("(?s).+(Usage: push|Did you mean|Possible solutions).+"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notify --user 0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c --kind mail",
                "revoke --user 0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c",
                "status"
            })
    void commandWithoutAHubExitsWith1AndSaysWhatToDo(String line) throws Exception {
        String target = "127.0.0.1:" + portWithoutAListener();
        assertThat(command.run((line + " --target " + target).split(" ")), is(1));
        assertThat(
                command.failure(),
                is("no hub responds at " + target + "; start one with `push serve`, or specify another with --target"));
    }

    @Test
    void unknownHostIsReported() {
        assertThat(command.run("status", "--target", "nowhere.invalid:1"), is(1));
        assertThat(command.failure(), containsString("nowhere.invalid:1 (unknown host)"));
    }

    @Test
    void serveWithAMissingFileExitsWith1AndNamesIt(@TempDir Path directory) {
        Path none = directory.resolve("none.yaml");
        assertThat(command.run("serve", "--config", none.toString()), is(1));
        assertThat(command.failure(), startsWith("the configuration " + none + " cannot be read: "));
    }

    @Test
    void serveWithAnInvalidValueExitsWith1AndSaysWhatIsAllowed(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("push.yaml"), "push:\n  heartbeat: often\n");
        assertThat(command.run("serve", "--config", file.toString(), "--port", "0"), is(1));
        assertThat(
                command.failure(),
                is(
                        "push.heartbeat must be a duration such as PT5M, positive and at most PT876000H, but was \"often\""));
    }
}
