package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runtime image: it is fully linked and small, and works without its cache. */
class ImageTest {

    private static final Image IMAGE = Image.built();
    private static final long MAX_BYTES = 100L << 20;

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(IMAGE.home())) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void everythingIsInsideTheLinkedModules() throws Exception {
        List<String> jars = files().stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".jar") && !name.equals("jrt-fs.jar")) // the JDK's own, for tools
                .toList();
        assertThat(jars, empty());
        List<String> modules = IMAGE.java("--list-modules").out().lines().toList();
        assertThat(
                modules.stream().map(line -> line.split("@", 2)[0]).toList(),
                hasItems(
                        "push.api",
                        "push.engine",
                        "push.protocol",
                        "push.transport",
                        "auth",
                        "notification",
                        "console",
                        "push.gateway",
                        "push.tracing",
                        "app",
                        "io.helidon.webserver.grpc",
                        "io.grpc",
                        "com.google.protobuf"));
    }

    @Test
    void theImageWithoutItsCacheHasAtMostAHundredMebibytes() throws Exception {
        long bytes = 0;
        for (Path file : files()) {
            bytes += file.endsWith("push.aot") ? 0 : Files.size(file);
        }
        assertThat(bytes, is(lessThan(MAX_BYTES)));
    }

    @Test
    void theLauncherBecomesTheJvmSoThatKillingItLeavesNoProcess() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            assertThat("SIGTERM reached the only process", hub.terminate(), is(143));
        }
    }

    @Test
    void aMissingOrBrokenCacheDoesNotStopTheStart(@TempDir Path folder) throws Exception {
        Path home = folder.resolve("image");
        copy(IMAGE.home(), home);
        Path cache = home.resolve("lib/push.aot");
        Files.deleteIfExists(cache);
        assertThat(new Image(home).push("demo").out(), containsString("every step was seen"));
        Files.writeString(cache, "this is no cache");
        Image.Result broken = new Image(home).push("demo");
        assertThat(broken.out(), containsString("every step was seen"));
        assertThat(broken.exit(), is(0));
    }

    @Test
    void javaAcceptsTheCache() throws Exception {
        boolean exists = Files.exists(IMAGE.home().resolve("lib/push.aot"));
        assumeTrue(exists || "true".equals(System.getenv("CI")), "the build has warned that it made no AOT cache");
        assertThat("the image has a cache", exists, is(true));
        ProcessBuilder builder = new ProcessBuilder(IMAGE.launcher().toString(), "--version")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PUSH_JAVA_OPTS", "-XX:AOTMode=on"); // Java then requires the cache
        assertThat(builder.start().waitFor(), is(0));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
