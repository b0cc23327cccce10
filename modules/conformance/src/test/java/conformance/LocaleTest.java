package conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import testing.Await;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Text is UTF-8, and paths may have any letters, in every locale. Cron, systemd, containers and {@code env -i} have the
 * locale "C"; a shell over SSH may name a locale that is not installed.
 */
class LocaleTest {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern READY = Pattern.compile("push is ready at http://127\\.0\\.0\\.1:(\\d+) .*\\R");
    private static final String TEXT = "Grüße 日本 😀";
    private static final String USER = UUID.randomUUID().toString();

    @TempDir
    private static Path temp;

    private static Image image;

    private Path folder;

    @BeforeAll
    static void copyTheImage() throws Exception {
        assumeTrue(
                UTF_8.name().equals(System.getProperty("sun.jnu.encoding")),
                "this JVM cannot use such file names, because its locale is not UTF-8; bin/verify sets one");
        image = new Image(temp.resolve("bìld ü 日本"));
        Process copy = new ProcessBuilder(
                        "cp",
                        "-r",
                        Image.built().home().toString(),
                        image.home().toString())
                .inheritIO()
                .start();
        assertThat("cp", copy.waitFor(), is(0));
    }

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory(temp, "wörk");
    }

    /** The variables of a locale. The commands get no other variables, not even PATH. */
    static Stream<Map<String, String>> locales() {
        return Stream.of(
                Map.of(),
                Map.of("LC_ALL", "C"),
                Map.of("LANG", "POSIX"),
                Map.of("LC_ALL", "xx_XX.UTF-8"),
                Map.of("LC_CTYPE", "C.UTF-8", "LANG", "xx_XX.ISO-8859-1"),
                Map.of("LC_ALL", "C.UTF-8"));
    }

    @ParameterizedTest
    @MethodSource("locales")
    void argumentsVariablesPathsAndOutputAreUtf8(Map<String, String> locale) throws Exception {
        Path config = Files.writeString(folder.resolve("einstellungen ü.yaml"), "push: { freshness-window: PT7M }");
        Process hub = builder(locale, "serve", "--port", "0", "--config", config.toString())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        try {
            String target = "127.0.0.1:" + port(hub);
            assertThat(
                    "the variable's path",
                    Files.exists(folder.resolve("dätä 日本").resolve("auth.mv.db")),
                    is(true));

            String payload = "{\"text\":\"" + TEXT + "\"}";
            run(0, locale, "notify", "--target", target, "--user", USER, "--kind", "mail", "--payload", payload);
            run(0, locale, "revoke", "--target", target, "--user", USER, "--reason", TEXT);
            List<String> seen = run(0, locale, "tail", "--target", target, "--earliest", "--count", "2", "--json")
                    .out()
                    .lines()
                    .toList();

            assertThat(seen.get(0), containsString(payload));
            JsonNode invalidation = MAPPER.readTree(seen.get(1)).path("session_invalidation");
            assertThat(invalidation.path("reason").asString(), is(TEXT));

            String cursor = MAPPER.readTree(seen.get(0)).path("cursor").asString();
            run(0, locale, "tail", "--target", target, "--id", TEXT, "--cursor", cursor, "--count", "1");
            Await.until("the log names the gateway", TIMEOUT, () -> text("err").contains("gateway_client_id=" + TEXT));
        } finally {
            end(hub);
        }
        assertThat(text("err"), containsString("push stopped"));
    }

    @ParameterizedTest
    @MethodSource("locales")
    void errorMessagesAreUtf8(Map<String, String> locale) throws Exception {
        Image.Result result = run(1, locale, "serve", "--config", "/nowhere/ü 日本.yaml");

        assertThat(result.err(), containsString("/nowhere/ü 日本.yaml"));
    }

    @Test
    void cacheOfTheCopiedImageIsUsedInAnyLocale() throws Exception {
        assumeTrue(
                Files.exists(image.home().resolve("lib/push.aot")), "the build has warned that it made no AOT cache");
        for (Map<String, String> locale : locales().toList()) {
            ProcessBuilder builder = builder(locale, "--version");
            builder.environment().put("PUSH_JAVA_OPTS", "-XX:AOTMode=on"); // Java then requires the cache
            assertThat(locale.toString(), finish(builder).exit(), is(0));
        }
    }

    private ProcessBuilder builder(Map<String, String> locale, String... arguments) {
        List<String> command = new ArrayList<>(List.of(image.launcher().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(locale);
        builder.environment().put("AUTH_DB_URL", "jdbc:h2:file:./dätä 日本/auth");
        return builder;
    }

    private Image.Result run(int exit, Map<String, String> locale, String... arguments) throws Exception {
        Image.Result result = finish(builder(locale, arguments));
        assertThat(result.toString(), result.exit(), is(exit));
        return result;
    }

    private Image.Result finish(ProcessBuilder builder) throws Exception {
        Process process = builder.redirectOutput(folder.resolve("command.out").toFile())
                .redirectError(folder.resolve("command.err").toFile())
                .start();
        try {
            assertThat("the command ends", process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS), is(true));
            return new Image.Result(process.exitValue(), text("command.out"), text("command.err"));
        } finally {
            process.destroyForcibly();
        }
    }

    private String port(Process hub) throws Exception {
        Await.until("the hub is ready", TIMEOUT, () -> !text("out").isEmpty() || !hub.isAlive());
        Matcher ready = READY.matcher(text("out"));
        assertThat(text("err"), ready.matches(), is(true));
        return ready.group(1);
    }

    private static void end(Process hub) throws InterruptedException {
        hub.destroy();
        try {
            assertThat("the hub ends", hub.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS), is(true));
        } finally {
            hub.destroyForcibly();
        }
    }

    /** Reads a file, and fails if it is not UTF-8. */
    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name), UTF_8);
    }
}
