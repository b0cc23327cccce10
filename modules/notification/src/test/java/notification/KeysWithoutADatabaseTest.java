package notification;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import database.Database;
import database.DatabaseConfig;
import database.DatabaseUnavailable;
import http.Problem;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import push.api.ClientEvent;
import push.api.Outcome;
import push.api.Outcome.Published;
import testing.TestDatabase;
import testing.TestServer;

/** Requests while no database connection is available. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class KeysWithoutADatabaseTest {

    private static final String PATH = "/api/v1/notifications";
    private static final String BODY =
            "{\"user_id\":\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\",\"kind\":\"mail\",\"payload\":{}}";

    private final List<ClientEvent> published = new CopyOnWriteArrayList<>();
    private final Database database;
    private final TestServer server;

    KeysWithoutADatabaseTest(TestDatabase kind) {
        database = Database.open(new DatabaseConfig(kind.freshUrl(), "", "", 1));
        IdempotencyKeys keys = new IdempotencyKeys(database, Duration.ofHours(1), InstantSource.system(), true);
        server = new TestServer(settings -> Problems.serve(settings, routing -> {
            Problems.translate(routing, DatabaseUnavailable.class, Problem::overloaded);
            routing.register("/api/v1", new NotificationRoutes(this::publish, CatalogueConfig.everything(), keys));
        }));
    }

    private CompletionStage<Outcome> publish(ClientEvent event, @Nullable UUID onceId) {
        published.add(event);
        return CompletableFuture.completedFuture(new Published("e-" + published.size()));
    }

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    @Test
    void onlyRequestsWithAKeyNeedTheDatabase() {
        boolean _ = database.inTransaction(
                connection -> { // the only connection
                    TestServer.Answer answer = server.post(PATH, BODY, "Idempotency-Key: k");
                    assertThat(answer.problem(503), is("the server is too busy; retry later"));
                    assertThat(answer.type(), is("/problems/overloaded"));
                    assertThat(answer.headers().get("Retry-After"), is("1"));
                    assertThat(published, is(empty()));

                    server.post(PATH, BODY).json(202);
                    return true;
                });
        assertThat(published.size(), is(1));
        server.post(PATH, BODY, "Idempotency-Key: k").json(202);
        assertThat(published.size(), is(2));
    }
}
