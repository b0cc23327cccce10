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

/** The publisher API is for the modules that push.api names, and the module graph changes only knowingly. */
class ModuleBoundaryTest {

    private static final Image IMAGE = Image.built();
    private static final Path MODULES =
            Path.of(System.getProperty("conformance.modules")).normalize();

    /** A module that tries to publish: makes an event out of the API, and names the class that it got. */
    private static final String ROGUE = """
            package rogue;
            public class Rogue {
                public static void main(String[] arguments) {
                    System.out.println("reached " + push.api.Payload.ofJson("{}").getClass().getName());
                }
            }
            """;

    /** A module that has a hub in its hands, as the composition root does, and tries to publish. */
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
    void moduleIsAsItsGoldenFileDescribesIt(String module) throws Exception {
        String described = IMAGE.java("--describe-module", module)
                .out()
                .lines()
                .skip(1) // its name and version
                .map(ModuleBoundaryTest::normal)
                .sorted()
                .reduce("", (all, line) -> all + line + "\n");
        String golden = Files.readString(Path.of("src/test/resources/modules", module + ".txt"));
        assertThat("a changed boundary is changed in src/test/resources/modules too", described, is(golden));
    }

    /** Java prints modifiers and targets in an order that changes from run to run. */
    private static String normal(String line) {
        String[] words = line.split(" ", -1);
        int fixed = line.startsWith("qualified exports") ? 4 : line.startsWith("requires") ? 2 : words.length;
        Arrays.sort(words, fixed, words.length);
        return String.join(" ", words);
    }

    @Test
    void moduleOutsideTheListDoesNotCompile(@TempDir Path folder) throws Exception {
        String errors = compile(folder, "requires push.api;", List.of());
        assertThat(errors, containsString("push.api"));
        assertThat(errors, containsString("not visible"));
    }

    @Test
    void moduleOutsideTheListDoesNotReachItAtRunTimeEither(@TempDir Path folder) throws Exception {
        // Compiled as if the export were there, as a rogue would.
        String errors = compile(folder, "requires push.api;", List.of("--add-exports", "push.api/push.api=rogue"));
        assertThat(errors, is(""));
        Image.Result run = runRogue(folder);
        assertThat(run.exit(), is(not(0)));
        assertThat(run.err(), containsString("IllegalAccessError"));
        assertThat(run.err(), containsString("does not export push.api to module rogue"));
        assertThat(run.out(), is(""));
    }

    @Test
    void theRogueIsARealOne(@TempDir Path folder) throws Exception {
        // With the door opened on the command line it does get in: so what stops it above is the door.
        compile(folder, "requires push.api;", List.of("--add-exports", "push.api/push.api=rogue"));
        Image.Result run = runRogue(folder, "--add-exports", "push.api/push.api=rogue");
        assertThat(run.out().strip(), is("reached push.api.Payload"));
    }

    @Test
    void whoHoldsTheHubStillCannotPublish(@TempDir Path folder) throws Exception {
        String[] hubOnly = {"--add-exports", "push.engine/push.engine=rogue"}; // what app and console have
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

    /** Compiles the rogue against the modules of the project; gives the compiler's errors. */
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
