package benchmarks.fanout;

import app.CarrierThreads;
import app.PushServer;
import app.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import push.api.ClientEvent;
import push.api.Payload;
import push.engine.Hub;
import push.engine.SubscriptionStatus;

/** The real server, as {@code push serve} starts it, and a publisher in the same process. */
final class PushTarget implements Target {

    /** How many events the slowest subscriber may lag: a small part of the log, so that no subscriber loses events. */
    private static final int MAX_LAG = 4096;

    /** The smallest room that is worth publishing for. */
    private static final int WORTHWHILE = MAX_LAG / 4;

    private static final UUID USER = UUID.fromString("3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11");

    private final PushServer server;
    private final Hub hub;

    PushTarget(int port) {
        // The benchmark revokes nothing, and a database in memory leaves nothing behind.
        Map<String, String> own = Map.of(
                "server.port",
                Integer.toString(port),
                "auth.db.url",
                "jdbc:h2:mem:" + UUID.randomUUID(),
                "auth.db.user",
                "",
                "auth.db.password",
                "");
        server = PushServer.start(Settings.load(Optional.empty(), own));
        hub = server.hub();
        CarrierThreads.watch();
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public int subscribers() {
        return hub.status().subscribers();
    }

    @Override
    public int room() {
        long lag = hub.subscriptions().stream()
                .mapToLong(SubscriptionStatus::lag)
                .max()
                .orElse(0);
        return lag > MAX_LAG - WORTHWHILE ? 0 : (int) (MAX_LAG - lag);
    }

    @Override
    public void publish(byte[] payload) {
        Payload json = Payload.ofJson(new String(payload, StandardCharsets.US_ASCII));
        hub.publisher().publish(new ClientEvent(USER, null, "bench", json, "", "", ""));
    }

    @Override
    public void close() {
        server.close();
    }
}
