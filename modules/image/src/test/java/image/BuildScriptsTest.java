package image;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs the scripts that build, in a checkout of their own whose path has a blank, with a {@code mvn} that prints what
 * the real one has printed.
 */
class BuildScriptsTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    Path temp;

    private Path root;
    private Path programs;

    @BeforeEach
    void makeCheckout() throws IOException {
        root = temp.toRealPath().resolve("check out");
        programs = Files.createDirectories(temp.resolve("programs"));
        FileTree.copy(Path.of("..", "..", "bin"), root.resolve("bin"));
        for (String folder : List.of("proto", "etc", "modules/image/src/main", "modules/benchmarks/src/main")) {
            Files.createDirectories(root.resolve(folder));
        }
        for (String file : List.of("pom.xml", "modules/image/pom.xml", "modules/benchmarks/pom.xml")) {
            Files.createFile(root.resolve(file));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    source       | /home/dev/push/modules/limits/src/main/java/limits/Bad.java:[1,37] incompatible types: java.lang.String cannot be converted to int
                    warning      | /home/dev/push/modules/limits/src/main/java/limits/Bad.java:[1,38] found raw type: java.util.List
                    format       | limits: The following files had format violations: src/main/java/limits/Bad.java
                    tests        | tests failed: BadTest.fails:6 one; BadTest.errs:7 IllegalState broken
                    dependencies | limits: Could not resolve dependencies for project push:limits:jar:1.0.0-SNAPSHOT: The following artifacts could not be resolved: org.jspecify:jspecify:jar:9.9.9 (absent).
                    toolchain    | Maven itself must run on JDK 25 or newer: set JAVA_HOME to one, or use bin/verify, which finds it.
                    image        | Cannot use /home/dev/push/modules/image/target/push: No space left on device
                    killed       | Killed
                    """)
    void lastLineSaysWhatStoppedTheBuild(String log, String reason) throws Exception {
        mavenPrints(log, 3);

        Command.Outcome push = run("push", "--version");
        Command.Outcome verify = run("verify");
        Command.Outcome bench = run("bench", "append", "1");

        for (Command.Outcome outcome : List.of(push, verify, bench)) {
            List<String> lines = outcome.output().lines().toList();
            assertThat(lines.getLast(), is("push: cause: " + reason));
            assertThat(
                    lines.get(lines.size() - 2), startsWith("push: the build failed; all of its output is in " + root));
        }
        assertThat(push.exit().orElseThrow(), is(1));
        assertThat("Maven's own", verify.exit().orElseThrow(), is(3));
        assertThat(bench.exit().orElseThrow(), is(1));
        assertThat(Files.readString(root.resolve("target").resolve("verify.log")), is(text(log)));
    }

    @Test
    void manyFailedTestsAreCounted() throws Exception {
        LauncherTest.script(
                programs.resolve("mvn"),
                "echo '[ERROR] Failures: '; for i in 1 2 3 4 5; do echo \"[ERROR]   T.t$i:1 no\"; done; exit 1");

        assertThat(
                run("verify").output().lines().toList().getLast(),
                is("push: cause: tests failed: T.t1:1 no; T.t2:1 no; T.t3:1 no; and 2 more"));
    }

    @Test
    void silentMavenIsToldToo() throws Exception {
        LauncherTest.script(programs.resolve("mvn"), "exit 1");

        assertThat(run("verify").output().lines().toList().getLast(), is("push: cause: Maven printed nothing"));
    }

    @Test
    void pushShowsAWarningOfTheImageAndGoesOn() throws Exception {
        LauncherTest.script(programs.resolve("mvn"), """
                mkdir -p modules/image/target/push/bin
                printf '#!/bin/sh\\necho started "$@"\\n' > modules/image/target/push/bin/push
                chmod 755 modules/image/target/push/bin/push
                touch modules/image/target/push/release
                echo '[INFO] Building image 1.0.0-SNAPSHOT                [16/16]'
                echo '[WARNING] push: the image has no AOT cache'
                """);

        Command.Outcome outcome = run("push", "--version");

        assertThat(outcome.output(), outcome.exit().orElseThrow(), is(0));
        assertThat(
                outcome.output().lines().toList().subList(1, 5),
                is(List.of(
                        "push:   [16/16] image",
                        "push: warning: the image has no AOT cache",
                        "push: built " + root.resolve("modules/image/target/push"),
                        "started --version")));
    }

    @Test
    void mavenSendsNoColoursWhereThereIsNoTerminal() throws Exception {
        LauncherTest.script(programs.resolve("mvn"), "echo \"$MAVEN_OPTS $*\"");

        String output = run("verify").output();

        assertThat(output, containsString("-Djansi.mode=strip -Djansi.noreset=true"));
        assertThat(output, containsString("-Dstyle.color=never"));
    }

    @Test
    void mavenRunsInALocaleWithUtf8() throws Exception {
        LauncherTest.script(programs.resolve("mvn"), "locale charmap");

        assertThat(run("verify").output().lines().toList(), hasItem("UTF-8"));
    }

    @Test
    void withoutMavenTheWrapperIsUsed() throws Exception {
        LauncherTest.script(root.resolve("mvnw"), "echo \"wrapper $*\"");
        for (Path folder : List.of(Path.of("/usr/bin"), Path.of("/bin"))) {
            try (Stream<Path> all = Files.list(folder)) {
                for (Path program : all.filter(file -> !file.endsWith("mvn")).toList()) {
                    Path link = programs.resolve(String.valueOf(program.getFileName()));
                    if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                        Files.createSymbolicLink(link, program);
                    }
                }
            }
        }

        assertThat(runOn(programs.toString(), "verify").output(), containsString("wrapper -B"));
    }

    @Test
    void buildThatSucceedsHasNoLastWords() throws Exception {
        LauncherTest.script(programs.resolve("mvn"), "echo '[INFO] BUILD SUCCESS'");

        assertThat(run("verify").output(), not(containsString("push:")));
    }

    private void mavenPrints(String log, int exit) throws IOException {
        Path file = Files.writeString(temp.resolve(log), text(log));
        LauncherTest.script(programs.resolve("mvn"), "cat '" + file + "'; exit " + exit);
    }

    private static String text(String log) throws IOException {
        try (var in =
                Objects.requireNonNull(BuildScriptsTest.class.getResourceAsStream("builds/" + log + ".log"), log)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Command.Outcome run(String script, String... arguments) throws Exception {
        return runOn(programs + ":" + System.getenv("PATH"), script, arguments);
    }

    private Command.Outcome runOn(String path, String script, String... arguments) throws Exception {
        List<String> words = Stream.concat(
                        Stream.of(root.resolve("bin").resolve(script).toString()), Stream.of(arguments))
                .toList();
        Map<String, String> environment =
                Map.of("PATH", path, "JAVA_HOME", System.getProperty("java.home"), "LC_ALL", "C");
        return new Command(words, root, environment, LIMIT).run();
    }
}
