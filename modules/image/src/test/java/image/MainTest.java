package image;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    @TempDir
    Path temp;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path jars;
    private Path image;

    @BeforeEach
    void makeFolders() throws IOException {
        jars = Files.createDirectories(temp.resolve("jars"));
        image = temp.resolve("push");
    }

    /** A real image of a small application: its library is automatic, looks up a service, and reads its resources. */
    @Test
    void linksAnImageThatStartsWithAndWithoutItsCache() throws Exception {
        writeLibrary();
        writeApplication();
        new TestJar(jars)
                .source("idle/Idle.java", "package idle; public class Idle {}")
                .write("idle.jar");
        Path etc = Files.createDirectories(temp.resolve("etc"));
        Files.writeString(etc.resolve("application.yaml"), "");

        assertThat("" + build("--etc", etc.toString()) + errors(), is("0"));

        assertThat(
                out.toString(StandardCharsets.UTF_8).lines().toList(),
                hasItem("in the image, but out of reach of app: idle"));
        Path cache = image.resolve("lib").resolve("push.aot");
        assertThat(Files.size(cache), greaterThan(0L));
        assertThat(Files.exists(image.resolve("etc").resolve("application.yaml")), is(true));
        List<String> expected = List.of("Good day", "by class", "by loader", "once more");
        assertThat(start("once more"), is(expected));
        Files.writeString(cache, "damaged");
        assertThat(start("once more"), is(expected));
        Files.delete(cache);
        assertThat(start("once more"), is(expected));
    }

    @Test
    void namesTheModuleThatIsMissing() throws Exception {
        writeLibrary();

        assertThat(build(), is(1));
        assertThat(errors(), containsString("None of the jars is module app"));
    }

    @Test
    void namesWhatJlinkMisses() throws Exception {
        writeLibrary();
        writeApplication();
        Files.delete(jars.resolve("greeting-1.0.jar"));

        assertThat(build(), is(1));
        assertThat(errors(), allOf(containsString("jlink failed"), containsString("greeting")));
    }

    @Test
    void reportsAMissingFolderWithoutAStackTrace() throws Exception {
        Files.delete(jars);

        assertThat(build(), is(1));
        assertThat(errors(), allOf(containsString(jars.toString()), not(containsString("\tat "))));
    }

    @Test
    void reportsADamagedJarWithoutAStackTrace() throws Exception {
        Files.writeString(jars.resolve("broken.jar"), "not a zip file");

        assertThat(build(), is(1));
        assertThat(
                errors().lines().toList(),
                contains(allOf(startsWith("[ERROR] push: "), containsString("broken.jar")), containsString("jar")));
    }

    @Test
    void warnsOfATrainingThatFailsAndHasTheImageReadyWithoutACache() throws Exception {
        writeLibrary();
        writeApplication("if (arguments[0].equals(\"demo\")) throw new Exception(\"no port\");");

        assertThat(build(), is(0));

        assertThat(
                errors().lines().toList(),
                hasItems(
                        allOf(startsWith("[WARNING] push: the image has no AOT cache"), containsString("ended with 1")),
                        containsString("java.lang.Exception: no port")));
        assertRunsWithoutACache();
    }

    @Test
    void warnsOfATrainingThatIsSlowAndHasTheImageReadyWithoutACache() throws Exception {
        writeLibrary();
        // It waits for what never comes, unlike other runs.
        writeApplication("if (arguments[0].equals(\"demo\")) new java.util.concurrent.CountDownLatch(1).await();");

        assertThat(build("--train-limit", "PT2S"), is(0));

        assertThat(
                errors().lines().toList(),
                hasItem(allOf(
                        startsWith("[WARNING] push: the image has no AOT cache"),
                        containsString("did not end within 2 s"))));
        assertRunsWithoutACache();
    }

    private void assertRunsWithoutACache() throws Exception {
        assertThat(Files.exists(image.resolve("lib").resolve("push.aot")), is(false));
        assertThat(start("once more"), is(List.of("Good day", "by class", "by loader", "once more")));
    }

    private void writeLibrary() throws IOException {
        new TestJar(jars)
                .source("greeting/Greeting.java", """
                        package greeting;
                        public interface Greeting {
                            String text();
                            static String first() {
                                return java.util.ServiceLoader.load(Greeting.class).findFirst().orElseThrow().text();
                            }
                        }
                        """)
                .source("greeting/internal/Polite.java", """
                        package greeting.internal;
                        public class Polite implements greeting.Greeting {
                            public String text() { return "Good day"; }
                        }
                        """)
                .source("greeting/Texts.java", """
                        package greeting;
                        public class Texts {
                            public static String byClass() throws Exception {
                                try (var in = Texts.class.getResourceAsStream("/texts/class.txt")) {
                                    return new String(in.readAllBytes());
                                }
                            }
                            public static String byLoader() throws Exception {
                                try (var in = Texts.class.getClassLoader().getResourceAsStream("texts/loader.txt")) {
                                    return new String(in.readAllBytes());
                                }
                            }
                        }
                        """)
                .file("META-INF/services/greeting.Greeting", "greeting.internal.Polite\n")
                .file("texts/class.txt", "by class")
                .file("texts/loader.txt", "by loader")
                .write("greeting-1.0.jar");
    }

    private void writeApplication() throws IOException {
        writeApplication("");
    }

    private void writeApplication(String first) throws IOException {
        new TestJar(jars)
                .source("module-info.java", "module app { requires greeting; }")
                .source("app/Main.java", """
                        package app;
                        public class Main {
                            public static void main(String[] arguments) throws Exception {
                                @FIRST@
                                System.out.println(greeting.Greeting.first());
                                System.out.println(greeting.Texts.byClass());
                                System.out.println(greeting.Texts.byLoader());
                                System.out.println(arguments[0]);
                            }
                        }
                        """.replace("@FIRST@", first))
                .write("app.jar");
    }

    private int build(String... more) throws InterruptedException {
        List<String> arguments = new java.util.ArrayList<>(
                List.of("--jars", jars.toString(), "--output", image.toString(), "--main", "app/app.Main"));
        arguments.addAll(List.of("--work", temp.resolve("work").toString()));
        arguments.addAll(List.of(more));
        return Main.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments.toArray(String[]::new));
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private List<String> start(String argument) throws Exception {
        Command.Outcome outcome = new Command(
                        List.of(Launcher.in(image).toString(), argument),
                        temp,
                        Map.of("PUSH_JAVA_OPTS", ""),
                        Duration.ofMinutes(1))
                .run();
        return outcome.output().lines().toList();
    }
}
