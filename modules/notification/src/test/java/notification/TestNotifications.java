package notification;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import database.Database;
import database.DatabaseConfig;
import http.Problems;
import idempotency.IdempotencyKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import push.api.ClientEvent;
import push.api.Outcome;
import push.api.Outcome.NotPublished;
import push.api.Outcome.Published;
import testing.TestServer;
import tools.jackson.databind.JsonNode;

/** The routes of notifications on a server, with a new database and a hub that records what is published. */
final class TestNotifications implements AutoCloseable {

    static final String PATH = "/api/v1/notifications";

    /** A valid body with no more than the required fields. */
    static final String MINIMAL =
            "{\"user_id\":\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\",\"kind\":\"mail\",\"payload\":{}}";

    static final Duration RETENTION = Duration.ofHours(24);

    final List<ClientEvent> published = new CopyOnWriteArrayList<>();
    final TestServer server;
    private final Database database = Database.open(DatabaseConfig.of("jdbc:h2:mem:" + UUID.randomUUID()));
    private volatile int room = Integer.MAX_VALUE;

    TestNotifications() {
        this(CatalogueConfig.everything(), InstantSource.system());
    }

    TestNotifications(CatalogueConfig catalogue, InstantSource clock) {
        server = new TestServer(settings -> Problems.serve(
                settings,
                routing -> routing.register(
                        "/api/v1",
                        new NotificationRoutes(
                                this::publish, catalogue, new IdempotencyKeys(database, RETENTION, clock, true)))));
    }

    private synchronized CompletionStage<Outcome> publish(ClientEvent event, @Nullable UUID onceId) {
        if (published.size() >= room) {
            return CompletableFuture.completedFuture(new NotPublished(NotPublished.Reason.CLOSED));
        }
        published.add(event);
        return CompletableFuture.completedFuture(new Published("e-" + published.size()));
    }

    /** Closes the hub once it has published this many events in all. */
    void closeAfter(int events) {
        room = events;
    }

    /** Opens the hub again. */
    void reopen() {
        room = Integer.MAX_VALUE;
    }

    /** A valid body, except that one field has this JSON value. */
    static String bodyWith(String field, String json) {
        String body = MINIMAL.replaceFirst("\"" + field + "\":(\"[^\"]*\"|\\{\\}),?", "");
        return "{\"" + field + "\":" + json + "," + body.substring(1).replace(",}", "}");
    }

    /** Posts a notification that must be accepted, and returns the response. */
    JsonNode accepted(String body, String... headers) {
        return server.post(PATH, body, headers).json(202);
    }

    /** The only event. */
    ClientEvent one() {
        assertThat(published.size(), is(1));
        return published.getFirst();
    }

    @Override
    public void close() {
        server.close();
        database.close();
    }
}
