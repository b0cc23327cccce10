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

/** Checks {@code etc/push.service} with systemd. */
class UnitTest {

    private static final Path UNIT = Path.of(System.getProperty("conformance.modules"), "..", "etc", "push.service");

    /** On a scale to 100, which systemd prints as 10.0. */
    private static final int MAX_EXPOSURE = 20;

    @TempDir
    Path folder;

    /** The exit code and the output of a program. */
    private record Outcome(int exit, String output) {}

    @BeforeAll
    static void lookForSystemd() {
        assumeTrue(
                Stream.of("/usr/bin", "/bin").anyMatch(bin -> Files.isExecutable(Path.of(bin, "systemd-analyze"))),
                "there is no systemd-analyze");
    }

    @Test
    void theUnitRestrictsTheProcess() throws Exception {
        Outcome outcome = analyze("security", "--offline=true", "--threshold=" + MAX_EXPOSURE, unit().toString());

        assertThat(outcome.output(), outcome.exit(), is(0));
    }

    @Test
    void systemdUnderstandsTheUnit() throws Exception {
        Outcome outcome = analyze("verify", "--man=no", unit().toString());

        assertThat(outcome, is(new Outcome(0, "")));
    }

    /**
     * A hub without its database fails every second, and systemd must not give up, as it does by default after five
     * failures.
     */
    @Test
    void systemdNeverGivesUpStartingTheHub() throws Exception {
        assertThat(Files.readAllLines(UNIT), hasItems("StartLimitIntervalSec=0", "Restart=on-failure", "RestartSec=1"));
    }

    /** The unit as installed, except for the folder of the image. */
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
