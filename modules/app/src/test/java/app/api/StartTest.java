package app.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import app.PushServer;
import app.settings.Settings;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import push.protocol.v1.PushEvent;
import testing.Await;
import testing.ForeignGateway;
import testing.FreePort;
import testing.TestDatabase;

/** Tests a hub that is still publishing earlier revocations again, because a lock in the database delays it. */
@Timeout(60)
class StartTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String USER = UUID.randomUUID().toString();

    private final String url = TestDatabase.POSTGRESQL.freshUrl();
    private final int port = FreePort.any();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.shutdownNow();
    }

    private PushServer start() {
        return PushServer.start(Settings.of(Config.just(ConfigSources.create(
                Map.of("server.port", Integer.toString(port), "auth.db.url", url, "push.drain-timeout", "PT0.1S")))));
    }

    private int call(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    private boolean answers(String path) {
        try {
            return call("GET", path, "") == 200;
        } catch (Exception e) {
            return false; // the hub does not listen yet
        }
    }

    @Test
    void hubRespondsAndPublishesBeforeItAcceptsSubscriptions() throws Exception {
        try (PushServer _ = start()) {
            assertThat(call("DELETE", "/api/v1/users/" + USER + "/sessions", ""), is(200));
        }
        FutureTask<PushServer> starting = new FutureTask<>(this::start);
        ManagedChannel channel = ForeignGateway.connect(port);
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table revocation in access exclusive mode");
            Thread.ofVirtual().start(starting);
            Await.until("the hub is alive", TIMEOUT, () -> answers("/observe/health/live"));
            assertThat(call("GET", "/observe/health/ready", ""), is(503));
            assertThat(call("POST", "/api/v1/sessions", "{\"user_id\":\"" + USER + "\"}"), is(201));
            assertThat(
                    call(
                            "POST",
                            "/api/v1/notifications",
                            "{\"user_id\":\"" + USER + "\",\"kind\":\"mail\",\"payload\":{}}"),
                    is(202));
            Status refused = new ForeignGateway(channel, ForeignGateway.request("g", "")).status();
            assertThat(refused.getCode(), is(Status.Code.UNAVAILABLE));
            assertThat(refused.getDescription(), containsString("push is starting"));
            connection.rollback();
            try (PushServer hub = starting.get()) {
                assertThat(call("GET", "/observe/health/ready", ""), is(200));
                ForeignGateway gateway =
                        new ForeignGateway(channel, ForeignGateway.request("g", hub.epoch() + "-0")).readingAll();
                assertThat("a client event", gateway.next().hasClientEvent(), is(true));
                PushEvent invalidation = gateway.next();
                assertThat(invalidation.getSessionInvalidation().getUserId(), is(USER));
            }
        } finally {
            channel.shutdownNow();
        }
    }
}
