package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import conformance.UnreliableServer.Failure;
import conformance.UnreliableServer.Received;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import push.protocol.v1.PushEvent;
import testing.ForeignGateway;

/** The programs in docs/publishing.md publish once even if requests fail, and the limits on the page are correct. */
class PublishingPageTest {

    private static final String USER = "3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11";
    private static final int MAX_BODY = 1 << 20;
    private static final long TIMEOUT_SECONDS = 120;

    private static HubProcess hub;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        hub = HubProcess.start("push: {}");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    enum Language {
        PYTHON("python", "publish.py", "python3", "order-17-paid"),
        GO("go", "publish.go", "go run", "order-18-paid"),
        NODE("js", "publish.js", "node", "order-19-paid");

        private final String name;
        private final String file;
        private final String command;

        /** The keys differ because the programs encode the same notification in different bytes. */
        private final String key;

        Language(String name, String file, String command, String key) {
            this.name = name;
            this.file = file;
            this.command = command;
            this.key = key;
        }
    }

    private record Ended(int exit, String output) {}

    /** Runs the program on the page, with a key of the test. */
    private Ended run(Language language, String key, int port) throws Exception {
        List<String> command = new ArrayList<>(List.of(language.command.split(" ")));
        Foreign.needs(command.getFirst());
        List<String> programs = DocPage.of("docs/publishing.md")
                .with("8080", port)
                .with(language.key, key)
                .blocks(language.name);
        assertThat(programs, hasSize(1));
        command.add(Files.writeString(folder.resolve(language.file), programs.getFirst())
                .toString());
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("GOCACHE", folder.resolve("go-cache").toString());
        Process process = builder.start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroyForcibly();
            throw new AssertionError("the program does not end: " + Files.readString(log));
        }
        return new Ended(process.exitValue(), Files.readString(log));
    }

    @ParameterizedTest
    @EnumSource
    void publishesOnceDespiteFailures(Language language) throws Exception {
        String key = "troubled-" + UUID.randomUUID();
        List<Failure> failures = List.of(Failure.STOPPED, Failure.CUT, Failure.ANSWER_LOST, Failure.GATEWAY_TIMEOUT);
        ForeignGateway gateway = hub.subscribe("to-" + language, "").readingAll();
        try (UnreliableServer server = new UnreliableServer(hub.api(), failures)) {
            Ended ended = run(language, key, server.port());
            assertThat(ended.output(), ended.exit(), is(0));
            PushEvent event = gateway.next();
            assertThat(event.getClientEvent().getUserId(), is(USER));
            assertThat(ended.output(), containsString(event.getCursor()));
            assertThat(ended.output(), containsString(event.getClientEvent().getEventId()));
            String after = hub.api().notify(USER, "after", "{}");
            assertThat("no event in between", gateway.next().getCursor(), is(after));
            assertThat(server.received(), hasSize(failures.size() + 1));
            assertThat("all requests are equal", new HashSet<>(server.received()), hasSize(1));
            Received request = server.received().getFirst();
            assertThat(request.method() + " " + request.path(), is("POST /api/v1/notifications"));
            assertThat(request.key(), is(key));
        } finally {
            gateway.cancel();
        }
    }

    @ParameterizedTest
    @EnumSource
    void doesNotRepeatAPermanentlyRefusedRequest(Language language) throws Exception {
        try (UnreliableServer server = new UnreliableServer(hub.api(), List.of(Failure.UNFIT))) {
            Ended ended = run(language, "refused-" + UUID.randomUUID(), server.port());
            assertThat(ended.output(), ended.exit(), is(not(0)));
            assertThat(ended.output(), containsString("422"));
            assertThat(server.received(), hasSize(1));
        }
    }

    @Test
    void commandsRevoke() throws Exception {
        ForeignGateway gateway = hub.subscribe("revoked", "").readingAll();
        String output = new Commands(folder)
                .run(DocPage.of("docs/publishing.md").with("8080", hub.port()).commands());
        assertThat(output, containsString("{\"revoked\":0}"));
        assertThat(gateway.next().getSessionInvalidation().getDeviceSessionId(), is(not("")));
        assertThat(gateway.next().getSessionInvalidation().getDeviceSessionId(), is(""));
        gateway.cancel();
    }

    /** A gRPC library with its default limit gets the largest event. A body with one more byte is refused. */
    @Test
    void theLargestBodyIsAcceptedAndDelivered() throws Exception {
        ForeignGateway gateway = hub.subscribe("large", "").readingAll();
        String frame = "{\"user_id\":\"" + USER + "\",\"kind\":\"large\",\"payload\":{\"t\":\"%s\"}}";
        int room = MAX_BODY - frame.length() + "%s".length();
        HubApi.Answer taken = hub.api().call("POST", "/api/v1/notifications", frame.formatted("x".repeat(room)));
        assertThat(taken.body(), taken.status(), is(202));
        assertThat(gateway.next().getClientEvent().getPayload().size(), is(room + "{\"t\":\"\"}".length()));
        HubApi.Answer refused = hub.api().call("POST", "/api/v1/notifications", frame.formatted("x".repeat(room + 1)));
        assertThat(refused.body(), refused.status(), is(413));
        gateway.cancel();
    }
}
