package image;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInRelativeOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the start script on a {@code java} that prints its arguments. */
class LauncherTest {

    private static final String AOT = "-XX:AOTCache=";

    @TempDir
    Path temp;

    private Path image;

    @BeforeEach
    void makeImage() throws IOException {
        // A blank in the path is where unquoted shell variables fall apart.
        image = temp.toRealPath().resolve("the image");
        Launcher.write(image, "app/app.Main", List.of());
        script(image.resolve("bin").resolve("java"), "printf '%s\\n' \"$@\"");
        Files.createDirectories(image.resolve("lib"));
        Files.createDirectories(image.resolve("etc"));
    }

    @Test
    void startsTheMainClassWithTheArgumentsAsGiven() throws Exception {
        List<String> words = run("serve", "two words", "*");

        assertThat(
                words.subList(words.size() - 5, words.size()),
                is(List.of("-m", "app/app.Main", "serve", "two words", "*")));
        assertThat(words, hasItem("-Dapp.home=" + image));
    }

    @Test
    void findsItsImageThroughSymbolicLinks() throws Exception {
        Path first = Files.createSymbolicLink(temp.resolve("first"), Launcher.in(image));
        Files.createDirectories(temp.resolve("bin"));
        Path second = Files.createSymbolicLink(temp.resolve("bin").resolve("push"), Path.of("..", "first"));

        assertThat(start(first, Map.of()), hasItem("-Dapp.home=" + image));
        assertThat(start(second, Map.of()), hasItem("-Dapp.home=" + image));
    }

    @Test
    void givesTheAotCacheOnlyWhenItIsThere() throws Exception {
        assertThat(run(), not(hasItem(startsWith(AOT))));

        Path cache = Files.createFile(image.resolve("lib").resolve(AotTraining.CACHE));

        assertThat(run(), hasItem(AOT + cache));
    }

    @Test
    void givesTheLoggingConfigurationOnlyWhenItIsThere() throws Exception {
        assertThat(run(), not(hasItem(startsWith("-Djava.util.logging.config.file="))));

        Path logging = Files.createFile(image.resolve("etc").resolve("logging.properties"));

        assertThat(run(), hasItem("-Djava.util.logging.config.file=" + logging));
    }

    @Test
    void givesTheOptionsOfTheInstallationOnlyWhenTheyAreThere() throws Exception {
        assertThat(run(), not(hasItem(startsWith("@"))));

        Path options = Files.createFile(image.resolve("etc").resolve("java.options"));

        assertThat(run(), containsInRelativeOrder("@" + options, "-m"));
    }

    @Test
    void letsTheEnvironmentOverrideItsOptions() throws Exception {
        Files.createFile(image.resolve("lib").resolve(AotTraining.CACHE));

        List<String> words = start(Launcher.in(image), Map.of("PUSH_JAVA_OPTS", "-Xmx1g  -Da=*"));

        assertThat(words, containsInRelativeOrder("-XX:+UseG1GC", "-Xmx1g", "-Da=*", "-m"));
        assertThat(words, containsInRelativeOrder("-Xmx256m", "-Xmx1g"));
        assertThat(words.getLast(), is("app/app.Main"));
    }

    @Test
    void choosesNoCollectorBesideTheOneAskedFor() throws Exception {
        List<String> words = start(Launcher.in(image), Map.of("PUSH_JAVA_OPTS", "-XX:+UseSerialGC"));

        assertThat(words, hasItem("-XX:+UseSerialGC"));
        assertThat(words, not(hasItem("-XX:+UseG1GC")));
    }

    @Test
    void allowsNativeAccessToTheModulesThatNeedIt() throws Exception {
        assertThat(run(), not(hasItem(startsWith("--enable-native-access"))));

        Launcher.write(image, "app/app.Main", List.of("a", "b"));

        assertThat(run(), hasItems("--enable-native-access=a,b", "-m"));
    }

    @Test
    void leavesNoShellBehindBetweenCallerAndJava() throws Exception {
        script(image.resolve("bin").resolve("java"), "exec cat");
        Process process = new ProcessBuilder(Launcher.in(image).toString()).start();
        try (var in = process.outputWriter();
                var out = process.inputReader()) {
            in.write("ready\n");
            in.flush();
            assertThat(out.readLine(), is("ready"));
            assertThat(process.descendants().toList(), empty());
        }
        assertThat(process.waitFor(), is(0));
    }

    private List<String> run(String... arguments) throws Exception {
        return start(Launcher.in(image), Map.of(), arguments);
    }

    private List<String> start(Path script, Map<String, String> environment, String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(script.toString()));
        words.addAll(List.of(arguments));
        Map<String, String> variables = new java.util.HashMap<>(Map.of("PUSH_JAVA_OPTS", ""));
        variables.putAll(environment);
        Command.Outcome outcome = new Command(words, temp, variables, Duration.ofMinutes(1)).run();
        assertThat(outcome.output(), outcome.exit().orElseThrow(), is(0));
        return outcome.output().lines().toList();
    }

    static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true), is(true));
    }
}
