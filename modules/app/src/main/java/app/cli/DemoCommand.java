package app.cli;

import app.PushServer;
import app.settings.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import push.gateway.GatewayClient;
import push.gateway.GatewayOptions;
import push.gateway.Target;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.PushEvent;
import push.protocol.v1.Start;
import tools.jackson.databind.JsonNode;

/**
 * {@code push demo}: shows the main use case end to end, with its own hub. Each step is printed only after its effect
 * was observed. If the effect of a step is not observed, the demo fails.
 */
final class DemoCommand extends Command {

    private static final long PATIENCE_SECONDS = 20;
    private static final String GATEWAY = "demo-gateway";

    private final BlockingQueue<PushEvent> arrived = new LinkedBlockingQueue<>();

    DemoCommand() {
        super(
                "demo",
                "Shows the main use case end to end: a hub, a gateway, a notification, a revocation and a replay.");
    }

    @Override
    public Integer call() throws InterruptedException {
        try (TemporaryFolder folder = new TemporaryFolder("push-demo");
                PushServer server = PushServer.start(Settings.load(Optional.empty(), ownHub(folder)))) {
            Target target = new Target(server.host(), server.port());
            step("hub", "listens on " + target + ", epoch " + server.epoch());
            run(target);
        }
        step("done", "every step was seen");
        return PushCommand.OK;
    }

    /** Settings that replace those of any other hub on this machine. */
    private static Map<String, String> ownHub(TemporaryFolder folder) {
        return Map.of(
                "server.host", "127.0.0.1",
                "server.port", "0",
                "server.tls.enabled", "false",
                "auth.db.url", "jdbc:h2:file:" + folder.path().resolve("auth"),
                "auth.db.user", "",
                "auth.db.password", "");
    }

    private void run(Target target) throws InterruptedException {
        HubClient hub = new HubClient(ConnectionOptions.plain(target));
        String user = UUID.randomUUID().toString();
        String cursor;
        // START_EARLIEST also delivers events that are published before the subscription is open.
        try (GatewayClient _ = subscribe(target, request().setStart(Start.START_EARLIEST))) {
            String session = openSession(hub, user);
            notify(hub, user, session, "first");
            expect("delivery", event -> event.getClientEvent().getKind().equals("first"));
            revoke(hub, session);
            PushEvent invalidation = expect(
                    "invalidation",
                    event -> event.getSessionInvalidation().getDeviceSessionId().equals(session));
            cursor = invalidation.getCursor();
        }
        step("disconnect", "the gateway disconnected after cursor " + cursor);
        notify(hub, user, "", "missed");
        try (GatewayClient _ = subscribe(target, request().setCursor(cursor))) {
            expect("replay", event -> event.getClientEvent().getKind().equals("missed"));
            notify(hub, user, "", "live");
            expect("live", event -> event.getClientEvent().getKind().equals("live"));
        }
    }

    private static GatewaySubscribeRequest.Builder request() {
        return GatewaySubscribeRequest.newBuilder().setGatewayClientId(GATEWAY);
    }

    private GatewayClient subscribe(Target target, GatewaySubscribeRequest.Builder request) {
        GatewayClient client =
                GatewayClient.start(GatewayOptions.of(target, request.build()).withFailFast(true), arrived::add);
        step("gateway", GATEWAY + " subscribes over gRPC");
        return client;
    }

    private String openSession(HubClient hub, String user) {
        JsonNode session = hub.post("/api/v1/sessions", Map.of("user_id", user, "device", "demo phone"));
        String id = session.path("device_session_id").asString();
        step("session", id + " opened for user " + user);
        return id;
    }

    private void notify(HubClient hub, String user, String session, String kind) {
        JsonNode accepted = hub.post(
                "/api/v1/notifications",
                Map.of(
                        "user_id", user,
                        "device_session_id", session,
                        "kind", kind,
                        "payload", Map.of("text", "hello")));
        String cursor = accepted.path("cursor").asString();
        step("notify", "\"" + kind + "\" accepted at cursor " + cursor);
    }

    private void revoke(HubClient hub, String session) {
        hub.delete("/api/v1/sessions/" + session, "demo");
        step("revoke", "session " + session);
    }

    private PushEvent expect(String step, Predicate<PushEvent> expected) throws InterruptedException {
        PushEvent event = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new CliException(step + " was not observed: nothing arrived within " + PATIENCE_SECONDS + " s");
        }
        if (!expected.test(event)) {
            throw new CliException(step + " was not observed; instead arrived: " + EventText.line(event));
        }
        step(step, EventText.line(event));
        return event;
    }

    private void step(String name, String seen) {
        out().printf("%-12s  %s%n", name, seen);
    }
}
