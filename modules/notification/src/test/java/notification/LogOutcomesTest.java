package notification;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import database.Database;
import database.DatabaseConfig;
import http.Problems;
import idempotency.IdempotencyKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.api.ClientEvent;
import push.api.Outcome;
import push.api.Outcome.NotPublished;
import push.api.Outcome.Published;
import testing.TestServer;
import tools.jackson.databind.JsonNode;

/** The responses to a caller if the event log is away, or does not answer. */
class LogOutcomesTest {

    private static final String PATH = "/api/v1/notifications";
    private static final String BATCH = PATH + ":batch";
    private static final String ONE =
            "{\"user_id\":\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\",\"kind\":\"mail\",\"payload\":{}}";
    private static final String THREE = "{\"notifications\":[" + ONE + "," + ONE + "," + ONE + "]}";
    private static final Outcome AWAY = new NotPublished(NotPublished.Reason.LOG_UNAVAILABLE);
    private static final Outcome UNKNOWN = new Outcome.Unknown();

    private final List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    private final List<ClientEvent> events = new ArrayList<>();
    private final List<@Nullable UUID> onceIds = new ArrayList<>();
    private final Database database = Database.open(DatabaseConfig.of("jdbc:h2:mem:" + UUID.randomUUID()));
    private final TestServer server = new TestServer(settings -> Problems.serve(
            settings,
            routing -> routing.register(
                    "/api/v1",
                    new NotificationRoutes(
                            this::publish,
                            CatalogueConfig.everything(),
                            new IdempotencyKeys(database, Duration.ofHours(1), InstantSource.system(), true)))));

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    private synchronized CompletionStage<Outcome> publish(ClientEvent event, @Nullable UUID onceId) {
        events.add(event);
        onceIds.add(onceId);
        return outcomes.removeFirst();
    }

    private void answer(Outcome... next) {
        for (Outcome outcome : next) {
            outcomes.add(CompletableFuture.completedFuture(outcome));
        }
    }

    private static Outcome at(int sequence) {
        return new Published("e-" + sequence);
    }

    private String type(String path, String body, String... headers) {
        TestServer.Answer answer = server.post(path, body, headers);
        assertThat(answer.headers().get("Retry-After"), is("1"));
        assertThat(answer.status(), is(503));
        return answer.type();
    }

    @Test
    void requestOfUnknownOutcomeIsRepeatedUnderTheSameIds() {
        answer(UNKNOWN, at(7));
        assertThat(type(PATH, ONE, "Idempotency-Key: k"), is("/problems/outcome-unknown"));
        JsonNode accepted = server.post(PATH, ONE, "Idempotency-Key: k").json(202);
        assertThat(accepted.path("cursor").stringValue(), is("e-7"));
        assertThat(events.get(1).eventId(), is(events.get(0).eventId()));
        assertThat(onceIds.get(0), is(notNullValue()));
        assertThat(onceIds.get(1), is(onceIds.get(0)));
        assertThat(
                "the answer is kept",
                server.post(PATH, ONE, "Idempotency-Key: k").json(202),
                is(accepted));
        assertThat(events.size(), is(2));
    }

    @Test
    void everyItemOfABatchHasItsOwnId() {
        answer(at(1), UNKNOWN, at(2), at(1), at(3), at(2));
        assertThat(
                server.post(BATCH, THREE, "Idempotency-Key: k").problem(503),
                is("the event log did not answer after 2 of 3 events were published; repeat the request with the same"
                        + " Idempotency-Key: no event is published twice"));
        server.post(BATCH, THREE, "Idempotency-Key: k").json(200);
        assertThat(onceIds.subList(3, 6), is(onceIds.subList(0, 3)));
        assertThat(onceIds.stream().distinct().count(), is(3L));
    }

    @Test
    void theCallersEventIdIsNotTheOnceId() {
        String id = "11111111-2222-4333-8444-555555555555";
        answer(at(1));
        server.post(PATH, ONE.replace("{\"user", "{\"event_id\":\"" + id + "\",\"user"), "Idempotency-Key: k")
                .json(202);
        assertThat(events.getFirst().eventId(), is(id));
        assertThat(String.valueOf(onceIds.getFirst()), is(not(id)));
    }

    @Test
    void withoutAKeyNoRequestIsRepeatable() {
        answer(UNKNOWN);
        assertThat(
                server.post(PATH, ONE).problem(503),
                is("the event log did not answer; without an Idempotency-Key, a repeated request may publish an event"
                        + " twice"));
        assertThat(onceIds, contains(nullValue()));
    }

    @Test
    void anUnavailableLogIsReported() {
        answer(AWAY, AWAY, at(1));
        assertThat(type(PATH, ONE), is("/problems/log-unavailable"));
        assertThat(type(PATH, ONE, "Idempotency-Key: k"), is("/problems/log-unavailable"));
        server.post(PATH, ONE, "Idempotency-Key: k").json(202);
    }

    @Test
    void itemsOfABatchDoNotWaitForEachOther() {
        List<CompletableFuture<Outcome>> pending =
                List.of(new CompletableFuture<>(), new CompletableFuture<>(), new CompletableFuture<>() {
                    @Override
                    public CompletableFuture<Outcome> toCompletableFuture() {
                        answerAll();
                        return this;
                    }
                });
        outcomes.addAll(pending);
        waiting.addAll(pending);
        server.post(BATCH, THREE).json(200);
        assertThat(events.size(), is(3));
    }

    private final List<CompletableFuture<Outcome>> waiting = new ArrayList<>();

    /** The log answers once it has all of them. */
    private void answerAll() {
        for (int i = 0; i < waiting.size(); i++) {
            waiting.get(i).complete(at(i + 1));
        }
    }
}
