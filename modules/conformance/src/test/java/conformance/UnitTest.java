package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd says of {@code etc/push.service}. */
class UnitTest {

    private static final Path UNIT = Path.of(System.getProperty("conformance.modules"), "..", "etc", "push.service");

    /** Of 100, which systemd shows as 10.0. */
    private static final int MAX_EXPOSURE = 20;

    @TempDir
    Path folder;

    /** How a program ended, and what it printed. */
    private record Outcome(int exit, String output) {}

    @BeforeAll
    static void lookForSystemd() {
        assumeTrue(
                Stream.of("/usr/bin", "/bin").anyMatch(bin -> Files.isExecutable(Path.of(bin, "systemd-analyze"))),
                "there is no systemd-analyze");
    }

    @Test
    void leavesTheProcessLittleToAbuse() throws Exception {
        Outcome outcome = analyze("security", "--offline=true", "--threshold=" + MAX_EXPOSURE, unit().toString());

        assertThat(outcome.output(), outcome.exit(), is(0));
    }

    @Test
    void hasNothingThatSystemdDoesNotUnderstand() throws Exception {
        Outcome outcome = analyze("verify", "--man=no", unit().toString());

        assertThat(outcome, is(new Outcome(0, "")));
    }

    /** A hub whose database is late fails each second; systemd must not give it up, which it does by default after five times. */
    @Test
    void isTriedForAsLongAsItTakes() throws Exception {
        assertThat(Files.readAllLines(UNIT), hasItems("StartLimitIntervalSec=0", "Restart=on-failure", "RestartSec=1"));
    }

    /** As it is installed, but for the folder of the image. */
    private Path unit() throws Exception {
        String text =
                Files.readString(UNIT).replace("/opt/push", Image.built().home().toString());
        return Files.writeString(folder.resolve("push.service"), text);
    }

    private static Outcome analyze(String... arguments) throws Exception {
        List<String> command = Stream.concat(Stream.of("systemd-analyze"), Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SYSTEMD_PAGER", "");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }
}
