package conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.Await;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands of the command line. */
class CommandLineTest {

    private static final Image IMAGE = Image.built();
    private static final JsonMapper MAPPER = new JsonMapper();

    @Test
    void demoCompletesEveryStep() throws Exception {
        Image.Result demo = IMAGE.push("demo");
        assertThat(demo.err(), demo.exit(), is(0));
        List<String> steps =
                demo.out().lines().map(line -> line.split(" ", 2)[0]).toList();
        assertThat(
                steps,
                hasItems(
                        "hub",
                        "gateway",
                        "session",
                        "delivery",
                        "invalidation",
                        "disconnect",
                        "replay",
                        "live",
                        "done"));
    }

    @Test
    void servePrintsOnlyTheReadyLineOnStdout() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            assertThat(
                    hub.out(),
                    matchesPattern(
                            "push is ready at http://127.0.0.1:\\d+ \\(gRPC and HTTP\\), log memory, epoch \\w+, started in \\d+ ms\\R"));
        }
    }

    @Test
    void versionIsThatOfTheBuild() throws Exception {
        String app = IMAGE.java("--list-modules")
                .out()
                .lines()
                .filter(line -> line.startsWith("app@"))
                .findFirst()
                .orElseThrow();

        assertThat(IMAGE.push("--version").out().strip(), is("push " + app.substring("app@".length())));
    }

    @Test
    void tailPrintsNotificationsAndRevocations() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            String target = "127.0.0.1:" + hub.port();
            String user = UUID.randomUUID().toString();
            Image.Result notify = IMAGE.push(
                    "notify", "--target", target, "--user", user, "--kind", "mail", "--payload", "{\"n\":[1.50]}");
            assertThat(notify.out().strip(), is(hub.epoch() + "-1"));
            assertThat(
                    IMAGE.push("revoke", "--target", target, "--user", user, "--reason", "stolen")
                            .exit(),
                    is(0));

            Image.Result tail = IMAGE.push("tail", "--target", target, "--earliest", "--count", "2", "--json");
            assertThat(tail.err(), tail.exit(), is(0));
            List<String> lines = tail.out().lines().toList();
            JsonNode event = MAPPER.readTree(lines.get(0));
            assertThat(event.path("cursor").asString(), is(hub.epoch() + "-1"));
            assertThat(event.path("client_event").path("user_id").asString(), is(user));
            assertThat(lines.get(0), containsString("\"payload\":{\"n\":[1.50]}"));
            JsonNode invalidation = MAPPER.readTree(lines.get(1));
            assertThat(invalidation.path("session_invalidation").path("reason").asString(), is("stolen"));

            Image.Result rest = IMAGE.push("tail", "--target", target, "--cursor", hub.epoch() + "-1", "--count", "1");
            assertThat(rest.out(), containsString("session_invalidation"));
            assertThat(rest.out(), not(containsString("client_event")));
        }
    }

    @Test
    void aStoppedTailPrintsItsLastCursor(@TempDir Path folder) throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            Path out = folder.resolve("out");
            Path err = folder.resolve("err");
            Process tail = new ProcessBuilder(
                            IMAGE.launcher().toString(), "tail", "--target", "127.0.0.1:" + hub.port(), "--earliest")
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            String cursor = hub.api().notify(UUID.randomUUID().toString(), "mail", "{}");
            Await.until("the event is printed", Duration.ofSeconds(30), () -> Files.size(out) > 0);
            tail.destroy(); // SIGTERM; ^C has the same effect, but may be ignored in CI
            assertThat(tail.waitFor(30, TimeUnit.SECONDS), is(true));
            assertThat(Files.readString(err), containsString("--cursor " + cursor));
        }
    }

    @Test
    void tailReconnectsToARestartedHub() throws Exception {
        HubProcess first = HubProcess.start("push: {}");
        Path out = Files.createTempFile("tail", ".out");
        Process tail = new ProcessBuilder(
                        IMAGE.launcher().toString(), "tail", "--target", "127.0.0.1:" + first.port(), "--count", "1")
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Await.until(
                "tail is subscribed", Duration.ofSeconds(30), () -> first.api().metric("grpc_push_subscribers") > 0);
        int port = first.port();
        first.close();
        try (HubProcess second = HubProcess.start(IMAGE, "push: {}", port)) {
            Await.until(
                    "tail has reconnected",
                    Duration.ofSeconds(60),
                    () -> second.api().metric("grpc_push_subscribers") > 0);
            second.api().notify(UUID.randomUUID().toString(), "mail", "{}");
            assertThat(tail.waitFor(30, TimeUnit.SECONDS), is(true));
            assertThat(tail.exitValue(), is(0));
            assertThat(Files.readString(out), containsString(second.epoch() + "-1"));
        } finally {
            tail.destroyForcibly();
            Files.delete(out);
        }
    }

    @Test
    void tailReportsGaps() throws Exception {
        try (HubProcess hub = HubProcess.start("push: { node: hub-1 }")) {
            String target = "127.0.0.1:" + hub.port();
            String user = UUID.randomUUID().toString();
            String last = hub.api().notify(user, "mail", "{}");
            Image.Result tail =
                    IMAGE.push("tail", "--target", target, "--earliest", "--notices", "--json", "--count", "1");
            List<String> lines = tail.out().lines().toList();
            assertThat(
                    MAPPER.readTree(lines.getFirst()).path("notice").toString(),
                    is("{\"opened\":{\"resume\":\"FRESH\",\"replayed\":1,\"node\":\"hub-1\"}}"));
            assertThat(MAPPER.readTree(lines.getLast()).path("cursor").stringValue(), is(last));

            Process stale = new ProcessBuilder(
                            IMAGE.launcher().toString(),
                            "tail",
                            "--target",
                            target,
                            "--cursor",
                            "before-1",
                            "--count",
                            "1")
                    .start();
            Await.until(
                    "tail is subscribed",
                    Duration.ofSeconds(30),
                    () -> hub.api().metric("grpc_push_subscribers") > 0);
            hub.api().notify(user, "mail", "{}");
            assertThat(stale.waitFor(30, TimeUnit.SECONDS), is(true));
            assertThat(
                    new String(stale.getErrorStream().readAllBytes(), UTF_8),
                    containsString("gap  EPOCH_CHANGED  from before-1 to " + last
                            + "  missed 1 client events, and possibly invalidations"));
        }
    }

    @Test
    void tailEndsWhenItsPipeIsClosed() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            String user = UUID.randomUUID().toString();
            hub.api().notify(user, "first", "{}");
            Process pipe = new ProcessBuilder(
                            "sh",
                            "-c",
                            IMAGE.launcher() + " tail --earliest --target 127.0.0.1:" + hub.port() + " | head -n 1")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Await.until("head has its line, and tail continues to write", Duration.ofSeconds(30), () -> {
                hub.api().notify(user, "next", "{}");
                return !pipe.isAlive();
            });
            assertThat(new String(pipe.getInputStream().readAllBytes(), UTF_8), containsString("first"));
        }
    }

    @Test
    void serveReportsAPortInUse() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            Image.Result second = IMAGE.push("serve", "--port", Integer.toString(hub.port()));
            assertThat(second.exit(), is(1));
            assertThat(second.out(), is(""));
            assertThat(second.err(), matchesPattern("push: cannot listen on [^\\n]+ in use[^\\n]+\\n"));
        }
    }

    @Test
    void statusShowsHubAndSubscribers() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            hub.subscribe("gateway-7", "");
            String target = "127.0.0.1:" + hub.port();
            String table = IMAGE.push("status", "--target", target).out();
            assertThat(table, containsString(hub.epoch()));
            assertThat(table, containsString("gateway-7"));
            JsonNode json = MAPPER.readTree(
                    IMAGE.push("status", "--target", target, "--json").out());
            assertThat(json.path("status").path("subscribers").asInt(), is(1));
            assertThat(json.path("subscribers").path(0).path("state").asString(), is("live"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tail --target 127.0.0.1:1",
                "status --target 127.0.0.1:1",
                "notify --target 127.0.0.1:1 --user 3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11 --kind k",
                "serve --config /nowhere/at/all.yaml"
            })
    void aFailedCommandPrintsTheCauseInOneLineAndExitsWithOne(String command) throws Exception {
        Image.Result result = IMAGE.push(command.split(" ", -1));
        assertThat(result.exit(), is(1));
        assertThat(result.out(), is(""));
        assertThat(result.err(), matchesPattern("push: [^\\n]+\\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fly",
                "notify --kind k",
                "tail --count many",
                "tail --count 0",
                "serve --port",
                "serve --port 70000",
                "status --target nonsense"
            })
    void wrongUsageExitsWithTwo(String command) throws Exception {
        Image.Result result = command.isEmpty() ? IMAGE.push() : IMAGE.push(command.split(" ", -1));
        assertThat(result.exit(), is(2));
        assertThat(result.err(), containsString("Usage: push"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "serve ", "demo ", "tail ", "notify ", "revoke ", "status "})
    void everyCommandHasHelp(String command) throws Exception {
        Image.Result result = IMAGE.push((command + "--help").split(" ", -1));
        assertThat(result.exit(), is(0));
        assertThat(result.out().length(), is(greaterThan(100)));
    }
}
