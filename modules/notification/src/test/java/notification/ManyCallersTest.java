package notification;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import database.Database;
import database.DatabaseConfig;
import database.DatabaseUnavailable;
import http.Problem;
import http.Problems;
import idempotency.IdempotencyKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
import tools.jackson.databind.JsonNode;

/** Far more callers than connections, at two hubs with one database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ManyCallersTest {

    private static final String PATH = "/api/v1/notifications";
    private static final int CALLERS = 200;

    private final List<ClientEvent> published = new CopyOnWriteArrayList<>();
    private final Database database;
    private final List<TestServer> servers;

    ManyCallersTest(TestDatabase kind) {
        database = Database.open(new DatabaseConfig(kind.freshUrl(), "", "", 2));
        servers = List.of(server(), server());
    }

    private TestServer server() {
        IdempotencyKeys keys = new IdempotencyKeys(database, Duration.ofHours(1), InstantSource.system(), true);
        return new TestServer(settings -> Problems.serve(settings, routing -> {
            Problems.translate(routing, DatabaseUnavailable.class, Problem::overloaded);
            routing.register("/api/v1", new NotificationRoutes(this::publish, CatalogueConfig.everything(), keys));
        }));
    }

    private synchronized CompletionStage<Outcome> publish(ClientEvent event, @Nullable UUID onceId) {
        published.add(event);
        return CompletableFuture.completedFuture(new Published("e-" + published.size()));
    }

    @AfterEach
    void close() {
        servers.forEach(TestServer::close);
        database.close();
    }

    private static String body(String kind) {
        return "{\"user_id\":\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\",\"kind\":\"" + kind + "\",\"payload\":{}}";
    }

    /** Of four callers, two share a key with many others, one shares a key with one other, and one has no key. */
    @Test
    void eachKeyIsPublishedOnceAndEachCallerAnswered() throws Exception {
        List<Callable<Map.Entry<String, JsonNode>>> calls = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            TestServer server = servers.get(i % 8 / 4);
            String kind = switch (i % 4) {
                case 0, 1 -> "contended";
                case 2 -> "pair-" + i / 8;
                default -> "alone-" + i;
            };
            String[] headers = i % 4 == 3 ? new String[0] : new String[] {"Idempotency-Key: " + kind};
            calls.add(
                    () -> Map.entry(kind, server.post(PATH, body(kind), headers).json(202)));
        }
        Map<String, Set<JsonNode>> answers = new HashMap<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Map.Entry<String, JsonNode>> call : threads.invokeAll(calls)) {
                Map.Entry<String, JsonNode> answer = call.get();
                answers.computeIfAbsent(answer.getKey(), kind -> new HashSet<>())
                        .add(answer.getValue());
            }
        }
        assertThat(answers.size(), is(1 + CALLERS / 8 + CALLERS / 4));
        answers.forEach((kind, different) -> assertThat(kind, different.size(), is(1)));
        assertThat(published.size(), is(answers.size()));
        assertThat(published.stream().map(ClientEvent::kind).distinct().count(), is((long) answers.size()));
    }
}
