package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only the modules that push.api names can use the publisher API, and each change of the module graph is visible. */
class ModuleBoundaryTest {

    private static final Image IMAGE = Image.built();
    private static final Path MODULES =
            Path.of(System.getProperty("conformance.modules")).normalize();

    /** A module that tries to publish: it creates an event of the API, and prints the event's class. */
    private static final String ROGUE = """
            package rogue;
            public class Rogue {
                public static void main(String[] arguments) {
                    System.out.println("reached " + push.api.Payload.ofJson("{}").getClass().getName());
                }
            }
            """;

    /** A module that has a reference to a hub, like the composition root, and tries to publish. */
    private static final String HOLDER = """
            package rogue;
            import push.engine.*;
            public class Rogue {
                public static void main(String[] arguments) {
                    Hub hub = Hub.builder(HubConfig.defaults()).open();
                    System.out.println("published " + hub.publisher().invalidate(new java.util.UUID(1, 1), null, "", ""));
                }
            }
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access",
                "push.api",
                "push.engine",
                "push.protocol",
                "push.engine.spi",
                "push.postgres",
                "push.transport",
                "threads",
                "push.tracing",
                "http",
                "database",
                "auth",
                "idempotency",
                "notification",
                "console",
                "push.gateway",
                "app"
            })
    void eachModuleMatchesItsGoldenFile(String module) throws Exception {
        String described = IMAGE.java("--describe-module", module)
                .out()
                .lines()
                .skip(1) // its name and version
                .map(ModuleBoundaryTest::normal)
                .sorted()
                .reduce("", (all, line) -> all + line + "\n");
        String golden = Files.readString(Path.of("src/test/resources/modules", module + ".txt"));
        assertThat("update src/test/resources/modules if this change of a boundary is intended", described, is(golden));
    }

    /** Java prints modifiers and targets in an order that changes from run to run. */
    private static String normal(String line) {
        String[] words = line.split(" ", -1);
        int fixed = line.startsWith("qualified exports") ? 4 : line.startsWith("requires") ? 2 : words.length;
        Arrays.sort(words, fixed, words.length);
        return String.join(" ", words);
    }

    @Test
    void anUnlistedModuleDoesNotCompile(@TempDir Path folder) throws Exception {
        String errors = compile(folder, "requires push.api;", List.of());
        assertThat(errors, containsString("push.api"));
        assertThat(errors, containsString("not visible"));
    }

    @Test
    void anUnlistedModuleCannotReachTheApiAtRunTime(@TempDir Path folder) throws Exception {
        // Compiled with the missing export added, as an attacker would.
        String errors = compile(folder, "requires push.api;", List.of("--add-exports", "push.api/push.api=rogue"));
        assertThat(errors, is(""));
        Image.Result run = runRogue(folder);
        assertThat(run.exit(), is(not(0)));
        assertThat(run.err(), containsString("IllegalAccessError"));
        assertThat(run.err(), containsString("does not export push.api to module rogue"));
        assertThat(run.out(), is(""));
    }

    @Test
    void theRogueModuleWorksWithTheExport(@TempDir Path folder) throws Exception {
        // With the export on the command line the module works, so only the missing export stops it in the tests above.
        compile(folder, "requires push.api;", List.of("--add-exports", "push.api/push.api=rogue"));
        Image.Result run = runRogue(folder, "--add-exports", "push.api/push.api=rogue");
        assertThat(run.out().strip(), is("reached push.api.Payload"));
    }

    @Test
    void aModuleWithAHubCannotPublish(@TempDir Path folder) throws Exception {
        String[] hubOnly = {"--add-exports", "push.engine/push.engine=rogue"}; // as for app and console
        String[] both = {"--add-exports", "push.engine/push.engine=rogue", "--add-exports", "push.api/push.api=rogue"};
        assertThat(compile(folder, "requires push.engine;", HOLDER, List.of(both)), is(""));
        assertThat(runRogue(folder, both).out(), startsWith("published Published["));

        Image.Result run = runRogue(folder, hubOnly);
        assertThat(run.err(), containsString("IllegalAccessError"));
        assertThat(run.out(), is(""));
    }

    private static Image.Result runRogue(Path folder, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("--module-path", folder.resolve("out").toString(), "-m", "rogue/rogue.Rogue"));
        return IMAGE.java(arguments.toArray(String[]::new));
    }

    private static String compile(Path folder, String requires, List<String> options) throws IOException {
        return compile(folder, requires, ROGUE, options);
    }

    /** Compiles the rogue module against the modules of the project, and returns the compiler's errors. */
    private static String compile(Path folder, String requires, String code, List<String> options) throws IOException {
        Path source = Files.createDirectories(folder.resolve("src/rogue"));
        Files.writeString(folder.resolve("src/module-info.java"), "module rogue { " + requires + " }");
        Files.writeString(source.resolve("Rogue.java"), code);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of(
                "--module-path",
                MODULES.resolve("image/target/jars").toString(),
                "-d",
                folder.resolve("out").toString()));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(folder.resolve("src"))) {
            compiler.getTask(
                            errors,
                            files,
                            null,
                            arguments,
                            null,
                            files.getJavaFileObjectsFromPaths(
                                    sources.filter(Files::isRegularFile).toList()))
                    .call();
        }
        return errors.toString();
    }
}
