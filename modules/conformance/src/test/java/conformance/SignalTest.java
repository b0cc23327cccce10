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

/** That a hub which is told to end says so in its log, last of all, and ends as the signal says. */
class SignalTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** The line is written by a thread of its own, which the end of the process must wait for each time. */
    private static final int ROUNDS = 3;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void lastLineOfTheLogSaysThatTheHubHasStopped(String signal, int exit) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Process hub = start();
            try {
                Await.until("it is ready", LONG, () -> text("out").contains("push is ready") || !hub.isAlive());
                kill(signal, hub);
                assertThat("ends", hub.waitFor(LONG.toSeconds(), TimeUnit.SECONDS), is(true));
                assertThat(text("err").strip(), endsWith("push stopped"));
                assertThat(hub.exitValue(), is(exit));
            } finally {
                hub.destroyForcibly();
            }
        }
    }

    private Process start() throws IOException {
        // What a build in the background ignores, its children would ignore as well.
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
