package image;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains images whose start script is a stand-in. */
class AotTrainingTest {

    @TempDir
    Path temp;

    private Path image;

    @BeforeEach
    void makeImage() throws IOException {
        image = temp.resolve("image");
        Files.createDirectories(image.resolve("lib"));
    }

    @Test
    void movesTheCacheIntoTheImage() throws Exception {
        LauncherTest.script(Launcher.in(image), "echo \"$1 $PUSH_JAVA_OPTS\" > push.aot");

        train(Duration.ofMinutes(1));

        assertThat(
                Files.readString(image.resolve("lib").resolve("push.aot")).strip(),
                is("demo -XX:AOTCacheOutput=push.aot"));
    }

    @Test
    void showsWhatAFailedRunPrinted() throws Exception {
        LauncherTest.script(Launcher.in(image), "echo 'port in use' >&2; exit 3");

        assertThat(
                failure(Duration.ofMinutes(1)), allOf(containsString("ended with 3"), containsString("port in use")));
    }

    @Test
    void endsARunThatDoesNotEnd() throws Exception {
        // cat waits for input that never comes; no time at all is granted.
        LauncherTest.script(Launcher.in(image), "cat");

        assertThat(failure(Duration.ZERO), containsString("did not end within 0 s"));
    }

    @Test
    void missesACacheThatWasNotWritten() throws Exception {
        LauncherTest.script(Launcher.in(image), "echo done");

        assertThat(failure(Duration.ofMinutes(1)), allOf(containsString("left no cache"), containsString("done")));
    }

    private String failure(Duration limit) {
        return String.valueOf(
                assertThrows(ImageException.class, () -> train(limit)).getMessage());
    }

    private void train(Duration limit) throws IOException, InterruptedException {
        AotTraining.train(image, List.of("demo"), temp.resolve("work"), limit);
    }
}
