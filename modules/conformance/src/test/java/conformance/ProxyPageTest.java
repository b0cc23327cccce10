package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.GoAway;
import push.protocol.v1.Notice;
import push.protocol.v1.PushEvent;
import testing.ForeignGateway;
import testing.FreePort;

/** The commands in docs/proxy.md run unchanged, and its proxies admit exactly the clients that they should. */
class ProxyPageTest {

    private static final String USER = UUID.randomUUID().toString();
    private static final int BEATS = 6;

    /** More than all buffers between the hub and a gateway that does not read. */
    private static final int EVENTS = 40;

    private static final int EVENT_BYTES = 200_000;

    /** The hub pings a silent gateway three times while the test waits for the heartbeats. */
    private static final String LIVELY = "push: { keepalive: PT2S, heartbeat: PT1S }";

    @TempDir
    static Path folder;

    private static Commands commands;
    private static HubProcess hub;

    @BeforeAll
    static void start() throws Exception {
        Foreign.install();
        commands = new Commands(folder);
        commands.run(DocPage.of("docs/tls.md").blocks("sh").stream()
                .filter(block -> block.contains("openssl req"))
                .collect(Collectors.joining()));
        DocPage page = DocPage.of("docs/proxy.md");
        commands.run(page.blocks("sh").getFirst()
                + page.blocks("sh").getLast().lines().findFirst().orElseThrow());
        hub = HubProcess.start(LIVELY);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    enum Proxy {
        NGINX("nginx") {
            @Override
            List<String> options() {
                return List.of("-e", "stderr", "-p", folder.toString(), "-c", "nginx.conf");
            }
        },
        HAPROXY("haproxy") {
            @Override
            List<String> options() {
                return List.of("-db", "-C", folder.toString(), "-f", "haproxy.cfg");
            }
        };

        private final String program;

        Proxy(String program) {
            this.program = program;
        }

        abstract List<String> options();

        /** Starts the proxy with the configuration on the page, on its own port. */
        Foreign start(int port, int hub) throws Exception {
            DocPage.of("docs/proxy.md")
                    .with("8443", port)
                    .with("8080", hub)
                    // One thread, because HAProxy's threads do not share connections to the hub, and the test needs
                    // shared ones.
                    .with("    maxconn 4000", "    maxconn 4000\n    nbthread 1")
                    .writeFiles(folder);
            return Foreign.server(program, port, options());
        }
    }

    @Test
    void commandsRun(@TempDir Path work) throws Exception {
        Foreign.needs("nginx", "haproxy");
        DocPage page = DocPage.of("docs/proxy.md").with("8443", FreePort.any());
        int port = FreePort.any();
        DocPage moved =
                page.with("127.0.0.1:8080", "127.0.0.1:" + port).with("push serve", "push serve --port " + port);
        moved.writeFiles(work);
        copy(folder.resolve("tls"), Files.createDirectory(work.resolve("tls")));
        String output = new Commands(work).run(moved.commands());
        assertThat(output, containsString("{\"text\":\"through nginx\"}"));
        assertThat(output, containsString("{\"text\":\"through HAProxy\"}"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyPublicPathsAreOpen(Proxy proxy) throws Exception {
        int port = FreePort.any();
        try (Foreign _ = proxy.start(port, hub.port())) {
            assertThat(status(port, "/api/v1/revocations"), is(200));
            assertThat(status(port, "/api/v1/revocations", "--header", "Authorization: Bearer wrong"), is(401));
            assertThat(status(port, "/api/v1/revocations", "--header", "Authorization:"), is(401));
            for (String path : List.of(
                    "/",
                    "/observe/metrics",
                    "/observe/health/ready",
                    "/openapi.json",
                    "/api/v1/push/status",
                    "/api/v1/push/subscribers",
                    "/API/v1/push/status",
                    "//api/v1/push/status",
                    "/api/v1//push/status",
                    "/api/v1/notifications/../push/status",
                    "/api/v1/users/%2e%2e/push/status",
                    "/api/v1/users/..%2fpush/status",
                    "/api/v1/users/..;/push/status",
                    "/api/v1/%70ush/status",
                    "/api/v1/notifications/../../../observe/metrics",
                    "/api/v1/usersx",
                    "/push.v1.Push/SubscribePush/../../observe/metrics",
                    "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo")) {
                assertThat(path, status(port, path), is(in(List.of(400, 404))));
                String certified = "with a certificate: " + path;
                assertThat(
                        certified,
                        status(port, path, "--cert", "tls/gateway.pem", "--key", "tls/gateway.key"),
                        is(in(List.of(400, 404))));
            }
        }
    }

    /** Sends the publisher's token, unless the options have another header. */
    private static int status(int port, String path, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--path-as-is", "--cacert", "tls/ca.pem"));
        command.addAll(List.of("--output", "/dev/null", "--write-out", "%{http_code}", "--max-time", "20"));
        command.addAll(List.of(options));
        if (!List.of(options).contains("--header")) {
            String token = Files.readString(folder.resolve("publisher.token")).strip();
            command.addAll(List.of("--header", "Authorization: Bearer " + token));
        }
        command.add("https://localhost:" + port + path);
        Process curl = new ProcessBuilder(command).directory(folder.toFile()).start();
        String output = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output, curl.waitFor(), is(0));
        return Integer.parseInt(output);
    }

    private static ManagedChannel connect(int port, boolean certified) throws IOException {
        TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder()
                .trustManager(folder.resolve("tls/ca.pem").toFile());
        if (certified) {
            tls.keyManager(
                    folder.resolve("tls/gateway.pem").toFile(),
                    folder.resolve("tls/gateway.key").toFile());
        }
        return NettyChannelBuilder.forAddress("localhost", port, tls.build()).build();
    }

    private static GatewaySubscribeRequest withNotices(String id, String cursor) {
        return ForeignGateway.request(id, cursor).toBuilder()
                .setWantNotices(true)
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void onlyAGatewayWithACertificateSubscribes(Proxy proxy) throws Exception {
        int port = FreePort.any();
        ManagedChannel stranger = connect(port, false);
        try (Foreign _ = proxy.start(port, hub.port())) {
            ForeignGateway refused = new ForeignGateway(stranger, ForeignGateway.request("stranger", ""));
            assertThat(refused.status().getCode(), is(Status.Code.PERMISSION_DENIED));
            assertThat(status(port, "/push.v1.Push/SubscribePush"), is(403));
        } finally {
            stranger.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSilentGatewayKeepsItsStreamAndAStuckOneDelaysNoOther(Proxy proxy) throws Exception {
        int port = FreePort.any();
        ManagedChannel one = connect(port, true);
        ManagedChannel other = connect(port, true);
        try (Foreign _ = proxy.start(port, hub.port())) {
            ForeignGateway gateway = new ForeignGateway(one, withNotices("lively-" + port, "")).readingAll();
            assertThat(gateway.next().getNotice().getNoticeCase(), is(Notice.NoticeCase.OPENED));
            for (int beat = 0; beat < BEATS; beat++) {
                assertThat(gateway.next().getNotice().getNoticeCase(), is(Notice.NoticeCase.HEARTBEAT));
            }
            // Waits for the first notice, because nginx holds the headers back until there is a message.
            var stuck = new ForeignGateway(other, withNotices("stuck-" + port, "")).reading(1);
            assertThat(stuck.next().getNotice().getNoticeCase(), is(Notice.NoticeCase.OPENED));
            for (int i = 0; i < EVENTS; i++) {
                String cursor = hub.api().notify(USER, "flood", "{\"filler\":\"" + "x".repeat(EVENT_BYTES) + "\"}");
                assertThat(nextEvent(gateway).getCursor(), is(cursor));
            }
            stuck.cancel();
        } finally {
            one.shutdownNow();
            other.shutdownNow();
        }
    }

    private static PushEvent nextEvent(ForeignGateway gateway) throws InterruptedException {
        PushEvent event = gateway.next();
        while (event.hasNotice()) {
            event = gateway.next();
        }
        return event;
    }

    @ParameterizedTest
    @EnumSource
    void gatewaysReachARestartedHub(Proxy proxy) throws Exception {
        int port = FreePort.any();
        ManagedChannel channel = connect(port, true);
        HubProcess first = HubProcess.start(LIVELY);
        HubProcess running = first;
        try (Foreign _ = proxy.start(port, first.port())) {
            ForeignGateway gateway = new ForeignGateway(channel, withNotices("restarted", "")).readingAll();
            assertThat(gateway.next().getNotice().getNoticeCase(), is(Notice.NoticeCase.OPENED));
            String last = first.api().notify(USER, "last", "{}");
            assertThat(nextEvent(gateway).getCursor(), is(last));
            first.close();
            PushEvent end = gateway.next();
            while (!end.getNotice().hasGoAway()) {
                end = gateway.next();
            }
            assertThat(end.getNotice().getGoAway().getReason(), is(GoAway.Reason.SHUTDOWN));
            assertThat("the hub's own trailers", gateway.status().getDescription(), is("push service stopped"));
            assertThat("no hub is there", status(port, "/api/v1/revocations"), is(in(List.of(502, 503))));
            running = HubProcess.start(Image.built(), LIVELY, first.port());
            assertThat(status(port, "/api/v1/revocations"), is(200));
            ForeignGateway again = new ForeignGateway(channel, withNotices("restarted", last)).readingAll();
            assertThat(again.next().getNotice().getOpened().getNode(), is(not("")));
        } finally {
            channel.shutdownNow();
            running.close();
        }
    }
}
