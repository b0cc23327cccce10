package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Await;

/** The README's command to subscribe without the Java client works unchanged. */
class ReadmeTest {

    private static final String USER = UUID.randomUUID().toString();

    @Test
    void bufCurlSubscribes(@TempDir Path folder) throws Exception {
        Foreign.install();
        Path programs = Foreign.programs();
        try (HubProcess hub = HubProcess.start("push: {}")) {
            List<String> commands =
                    DocPage.of("README.md").with("127.0.0.1:8080", "127.0.0.1:" + hub.port()).blocks("sh").stream()
                            .filter(block -> block.contains("buf curl"))
                            .toList();
            assertThat(commands, hasSize(1));
            Path out = folder.resolve("out");
            ProcessBuilder builder = new ProcessBuilder("bash", "-c", "exec " + commands.getFirst())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile());
            builder.environment().merge("PATH", programs.toString(), (old, first) -> first + ":" + old);
            Process buf = builder.start();
            try {
                hub.awaitSubscribers(1);
                String cursor = hub.api().notify(USER, "mail", "{}");
                Await.until(
                        "the command prints the event's cursor, " + cursor,
                        Duration.ofSeconds(20),
                        () -> Files.readString(out).contains(cursor) || !buf.isAlive());
                assertThat(Files.readString(out), containsString(cursor));
            } finally {
                buf.descendants().forEach(ProcessHandle::destroy); // the process is a wrapper by npm
                buf.destroy();
            }
        }
    }
}
