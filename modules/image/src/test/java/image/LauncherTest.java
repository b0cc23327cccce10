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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the start script on a {@code java} that prints its arguments. */
class LauncherTest {

    private static final String AOT = "-XX:AOTCache=";

    /** Whatever the environment of the build says. */
    private static final Map<String, String> NO_OPTIONS =
            Map.of("PUSH_JAVA_OPTS", "", "JAVA_TOOL_OPTIONS", "", "JDK_JAVA_OPTIONS", "");

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:+UseSerialGC",
                "-XX:+UseParallelGC",
                "-XX:+UseG1GC",
                "-XX:-UseG1GC",
                "-XX:+UseZGC",
                "-XX:+UseShenandoahGC",
                "-XX:+UnlockExperimentalVMOptions -XX:+UseEpsilonGC",
                "-Da=b\t-XX:+UseSerialGC\n-Dc=d"
            })
    void choosesNoCollectorBesideTheOneAskedFor(String options) throws Exception {
        List<String> words = start(Launcher.in(image), Map.of("PUSH_JAVA_OPTS", options));

        assertThat(words, hasItems(options.split("\\s+")));
        assertThat(collectors(words), is(collectors(List.of(options.split("\\s+")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:+UseGCOverheadLimit",
                "-XX:+UseDynamicNumberOfGCThreads",
                "-XX:+UseStringDeduplication -XX:MaxGCPauseMillis=50",
                "-XX:+UseNUMA -Dx=GC",
                "-Dx=-XX:+UseSerialGC",
                "-XX:+UseSerialGCs"
            })
    void choosesTheCollectorWhenOptionsOnlyLookLikeOne(String options) throws Exception {
        List<String> words = start(Launcher.in(image), Map.of("PUSH_JAVA_OPTS", options));

        assertThat(collectors(words), is(List.of("-XX:+UseG1GC")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"})
    void heedsTheOptionsThatJavaFindsByItself(String variable) throws Exception {
        List<String> words = start(Launcher.in(image), Map.of(variable, "-XX:+UseSerialGC -XX:MaxRAMPercentage=50"));

        assertThat(collectors(words), empty());
        assertThat(words, not(hasItem("-Xmx256m")));
    }

    @Test
    void heedsTheOptionsOfTheInstallation() throws Exception {
        Files.writeString(image.resolve("etc").resolve("java.options"), "# not -XX:+UseZGC\n-Da=b\n-XX:+UseSerialGC");

        assertThat(collectors(run()), empty());

        Files.writeString(image.resolve("etc").resolve("java.options"), "# not -XX:+UseZGC\n-Da=b\n");

        assertThat(collectors(run()), is(List.of("-XX:+UseG1GC")));
    }

    @Test
    void leavesTheHeapToAShareOfTheMemoryWhereThatIsAskedFor() throws Exception {
        List<String> words = start(Launcher.in(image), Map.of("PUSH_JAVA_OPTS", "-XX:MaxRAMPercentage=50.0"));

        assertThat(words, not(hasItem(startsWith("-Xmx"))));
        assertThat(run(), hasItem("-Xmx256m"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xshare:off",
                "-Xshare:auto",
                "-XX:SharedArchiveFile=a.jsa",
                "-XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=a.jsa",
                "-XX:AOTCache=a.aot",
                "-XX:AOTCacheOutput=a.aot",
                "-XX:AOTMode=record -XX:AOTConfiguration=a.conf"
            })
    void leavesItsAotCacheOutWhereJavaRefusesItBesideWhatIsAskedFor(String options) throws Exception {
        Path cache = Files.createFile(image.resolve("lib").resolve(AotTraining.CACHE));

        List<String> words = start(Launcher.in(image), Map.of("PUSH_JAVA_OPTS", options));

        assertThat(words, not(hasItem(AOT + cache)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:AOTMode=on", "-XX:AOTMode=off", "-Dx=-Xshare:off", "-XX:+AOTReplayTraining"})
    void keepsItsAotCacheBesideOtherOptions(String option) throws Exception {
        Path cache = Files.createFile(image.resolve("lib").resolve(AotTraining.CACHE));

        List<String> words = start(Launcher.in(image), Map.of("PUSH_JAVA_OPTS", option));

        assertThat(words, containsInRelativeOrder(AOT + cache, option));
    }

    private static List<String> collectors(List<String> words) {
        return words.stream()
                .filter(word -> word.matches("-XX:[+-]Use(Serial|Parallel|G1|Z|Shenandoah|Epsilon)GC"))
                .toList();
    }

    /** Java takes the encoding of arguments and file names from its locale alone. */
    @ParameterizedTest
    @ValueSource(strings = {"", "C", "POSIX", "de_DE.ISO-8859-1", "xx_XX.UTF-8", "C.UTF-8"})
    void givesJavaALocaleWithUtf8(String locale) throws Exception {
        script(image.resolve("bin").resolve("java"), "echo \"$LC_ALL\"; locale charmap");

        assertThat(
                start(Launcher.in(image), Map.of("LC_ALL", locale, "LANG", locale)), is(List.of("C.UTF-8", "UTF-8")));
    }

    @Test
    void takesAnotherLocaleWhereTheUsualOneIsMissing() throws Exception {
        fakeLocale("case $LC_ALL in en_US.UTF-8) echo UTF-8 ;; *) echo ANSI_X3.4-1968 ;; esac");

        assertThat(startWithFakeLocale(), is(List.of("en_US.UTF-8")));
    }

    @Test
    void leavesTheLocaleAsItIsWhereNoneHasUtf8() throws Exception {
        fakeLocale("echo ANSI_X3.4-1968");

        assertThat(startWithFakeLocale(), is(List.of("C")));
    }

    @Test
    void takesTheUsualLocaleWhereThereIsNoProgramToAsk() throws Exception {
        fakeLocale("exit 127");

        assertThat(startWithFakeLocale(), is(List.of("C.UTF-8")));
    }

    private void fakeLocale(String text) throws IOException {
        script(temp.resolve("programs").resolve("locale"), text);
        script(image.resolve("bin").resolve("java"), "echo \"$LC_ALL\"");
    }

    private List<String> startWithFakeLocale() throws Exception {
        String path = temp.resolve("programs") + ":" + System.getenv("PATH");
        return start(Launcher.in(image), Map.of("PATH", path, "LC_ALL", "C"));
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
        Map<String, String> variables = new HashMap<>(NO_OPTIONS);
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
