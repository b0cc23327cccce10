package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import testing.Await;

/** After a signal, the last log line reports that the hub has stopped, and the exit code matches the signal. */
class SignalTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** A separate thread writes the line, and the end of the process must wait for it each time. */
    private static final int ROUNDS = 3;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void theLastLogLineReportsThatTheHubHasStopped(String signal, int exit) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Process hub = start();
            try {
                Await.until("the hub is ready", TIMEOUT, () -> text("out").contains("push is ready") || !hub.isAlive());
                kill(signal, hub);
                assertThat("the hub ends", hub.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS), is(true));
                assertThat(text("err").strip(), endsWith("push stopped"));
                assertThat(hub.exitValue(), is(exit));
            } finally {
                hub.destroyForcibly();
            }
        }
    }

    private Process start() throws IOException {
        // A process in the background ignores SIGINT, and so would its children.
        return new ProcessBuilder(List.of(
                        "env",
                        "--default-signal=TERM,INT,HUP",
                        Image.built().launcher().toString(),
                        "serve",
                        "--port",
                        "0"))
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private static void kill(String signal, Process hub) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(hub.pid()))
                .inheritIO()
                .start();
        assertThat("kill -" + signal, kill.waitFor(), is(0));
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
    }
}
