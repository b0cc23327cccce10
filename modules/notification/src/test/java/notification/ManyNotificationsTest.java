package notification;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import push.api.ClientEvent;
import testing.TestServer;
import tools.jackson.databind.JsonNode;

/** Batch and broadcast. */
class ManyNotificationsTest {

    private static final String BATCH = "/api/v1/notifications:batch";
    private static final String BROADCAST = "/api/v1/notifications:broadcast";
    private static final String USER = "0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c";
    private static final String GOOD = "{\"user_id\":\"" + USER + "\",\"kind\":\"%s\",\"payload\":{}}";
    private static final KindRules CODE =
            new KindRules("code", PayloadSchema.of("{\"required\":[\"n\"]}"), false, KindRules.ANY_SIZE);
    private static final KindRules PRIVATE = new KindRules("private", null, true, KindRules.ANY_SIZE);

    private final TestNotifications notifications =
            new TestNotifications(new CatalogueConfig(true, List.of(CODE, PRIVATE)), InstantSource.system());
    private final List<ClientEvent> published = notifications.published;
    private final TestServer server = notifications.server;

    @AfterEach
    void close() {
        notifications.close();
    }

    private static String batch(String... items) {
        return "{\"notifications\":[" + String.join(",", items) + "]}";
    }

    private static List<String> users(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new UUID(7, i).toString())
                .toList();
    }

    private static String broadcast(List<String> users, String more) {
        return users.stream().collect(Collectors.joining("\",\"", "{\"user_ids\":[\"", "\"]")) + more;
    }

    @Test
    void batchHasOneResultForEachItemInOrder() {
        JsonNode json = server.post(
                        BATCH,
                        batch(
                                GOOD.formatted("a"),
                                "{\"kind\":\"b\"}",
                                "7",
                                GOOD.formatted("code"),
                                GOOD.formatted("c").replace("{\"user", "{\"event_id\":\"mine\",\"user"),
                                GOOD.formatted("d").replace("{\"user", "{\"more\":1,\"user")))
                .json(200);
        List<JsonNode> results = List.copyOf(json.path("results").asArray().elements());
        assertThat(
                results.stream().map(r -> r.path("status").intValue()).toList(),
                contains(202, 400, 400, 422, 202, 400));
        assertThat(published.stream().map(ClientEvent::kind).toList(), contains("a", "c"));
        assertThat(
                results.get(0).path("event_id").stringValue(),
                is(published.get(0).eventId()));
        assertThat(results.get(0).path("cursor").stringValue(), is("e-1"));
        assertThat(results.get(0).propertyNames(), contains("status", "event_id", "cursor"));
        assertThat(results.get(1).propertyNames(), contains("type", "title", "status", "detail", "errors"));
        assertThat(
                results.get(1).path("detail").stringValue(),
                is("user_id is required, and must be a UUID other than nil"));
        assertThat(results.get(1).path("errors").path(0).path("field").stringValue(), is("/user_id"));
        assertThat(results.get(2).path("detail").stringValue(), is("each element must be a JSON object, but was 7"));
        assertThat(results.get(3).path("type").stringValue(), is("/problems/payload-does-not-fit"));
        assertThat(results.get(4).path("event_id").stringValue(), is("mine"));
        assertThat(results.get(5).path("errors").path(0).path("field").stringValue(), is("/more"));
    }

    @Test
    void batchIsPublishedInItsOrder() {
        String[] items =
                IntStream.range(0, 1000).mapToObj(i -> GOOD.formatted("k" + i)).toArray(String[]::new);
        server.post(BATCH, batch(items)).json(200);
        assertThat(
                published.stream().map(ClientEvent::kind).toList(),
                is(IntStream.range(0, 1000).mapToObj(i -> "k" + i).toList()));
        assertThat(published.stream().map(ClientEvent::eventId).distinct().count(), is(1000L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|/notifications|notifications is required, and must be a JSON array",
                "{\"notifications\":{}}|/notifications|notifications is required, and must be a JSON array; it was {}",
                "{\"notifications\":[]}|/notifications|notifications must have 1 to 1000 elements, and had 0",
                "{\"notification\":[]}|/notification|unknown field \"notification\"; allowed are notifications"
            })
    void invalidBatchIsRefusedAsAWhole(String body, String field, String detail) {
        TestServer.Answer answer = server.post(BATCH, body);
        assertThat(answer.problem(400), is(detail));
        assertThat(answer.field(), is(field));
    }

    @Test
    void batchHasAtMostAThousandItems() {
        String items = String.join(",", Collections.nCopies(1001, "{}"));
        assertThat(
                server.post(BATCH, batch(items)).problem(400),
                is("notifications must have 1 to 1000 elements, and had 1001"));
    }

    @Test
    void interruptedBatchReportsHowManyEventsWerePublished() {
        notifications.closeAfter(2);
        String body = batch(GOOD.formatted("a"), GOOD.formatted("b"), GOOD.formatted("c"));
        TestServer.Answer answer = server.post(BATCH, body);
        assertThat(answer.problem(503), is("push service stopped after 2 of 3 events were published"));
        assertThat(answer.type(), is("/problems/stopped"));
        assertThat(answer.headers().get("Retry-After"), is("1"));
        assertThat(server.post(BATCH, body).problem(503), is("push service stopped"));
    }

    @Test
    void batchUnderAKeyIsPublishedOnce() {
        String body = batch(GOOD.formatted("a"), "{}");
        JsonNode first = server.post(BATCH, body, "Idempotency-Key: k").json(200);
        assertThat(server.post(BATCH, body, "Idempotency-Key: k").json(200), is(first));
        assertThat(published.size(), is(1));
    }

    @Test
    void keyBelongsToItsPath() {
        server.post(BATCH, batch(GOOD.formatted("a")), "Idempotency-Key: k").json(200);
        server.post("/api/v1/notifications", GOOD.formatted("a"), "Idempotency-Key: k")
                .json(202);
        server.post(BROADCAST, broadcast(users(1), ",\"kind\":\"a\",\"payload\":{}}"), "Idempotency-Key: k")
                .json(202);
        assertThat(published.size(), is(3));
    }

    @Test
    void broadcastReachesEachUser() {
        List<String> users = users(10_000);
        JsonNode json = server.post(
                        BROADCAST,
                        broadcast(users, ",\"kind\":\"news\",\"payload\":{\"n\":1},\"request_id\":\"r\"}"),
                        "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .json(202);
        assertThat(published.stream().map(e -> e.userId().toString()).toList(), is(users));
        List<String> reported = new ArrayList<>();
        for (int i = 0; i < users.size(); i++) {
            JsonNode result = json.path("results").path(i);
            ClientEvent event = published.get(i);
            assertThat(result.propertyNames(), contains("user_id", "event_id", "cursor"));
            assertThat(result.path("event_id").stringValue(), is(event.eventId()));
            assertThat(result.path("cursor").stringValue(), is("e-" + (i + 1)));
            reported.add(result.path("user_id").stringValue());
        }
        assertThat(reported, is(users));
        ClientEvent last = published.getLast();
        assertThat(last.kind(), is("news"));
        assertThat(last.payload().toString(), is("{\"n\":1}"));
        assertThat(last.session(), is(Optional.empty()));
        assertThat(last.requestId(), is("r"));
        assertThat(last.traceId(), is("0af7651916cd43dd8448eb211c80319c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|400|/user_ids",
                "[\"bob\"]|400|/user_ids/0",
                "[\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\",\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\"]|400|/user_ids/1",
                "[\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\"],\"device_session_id\":\"\"|400|/device_session_id",
                "[\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\"],\"kind\":\"\"|400|/kind",
                "[\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\"],\"kind\":\"code\"|422|/payload",
                "[\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\"],\"kind\":\"private\"|422|/device_session_id"
            })
    void anInvalidBroadcastReachesNoUser(String users, int status, String field) {
        String kind = users.contains("\"kind\"") ? "" : ",\"kind\":\"a\"";
        TestServer.Answer answer = server.post(BROADCAST, "{\"payload\":{},\"user_ids\":" + users + kind + "}");
        answer.problem(status);
        assertThat(answer.field(), is(field));
        assertThat(published, is(empty()));
    }

    @Test
    void broadcastHasAtMostTenThousandUsers() {
        assertThat(
                server.post(BROADCAST, broadcast(users(10_001), "}")).problem(400),
                is("user_ids must have 1 to 10000 elements, and had 10001"));
    }

    @Test
    void broadcastAddsAtMostSixteenMebibytesToTheLog() {
        List<String> users = users(2048);
        String payload = "{ \"text\":\"" + "x".repeat(8192 - 12) + "\"}"; // of 8 KiB, with its space
        assertThat(payload.length(), is(8192));
        server.post(BROADCAST, broadcast(users, ",\"kind\":\"a\",\"payload\":" + payload + "}"))
                .json(202);
        assertThat(published.size(), is(2048));
        published.clear();
        String larger = payload.replaceFirst(" ", "  ");
        TestServer.Answer answer =
                server.post(BROADCAST, broadcast(users, ",\"kind\":\"a\",\"payload\":" + larger + "}"));
        assertThat(
                answer.problem(422),
                is("users × bytes of the payload must be at most 16777216, but was 2048 × 8193 = 16779264; send it to"
                        + " fewer users at a time"));
        assertThat(answer.type(), is("/problems/broadcast-too-large"));
        assertThat(published, is(empty()));
    }

    @Test
    void itemWithAnInvalidNumberDoesNotStopTheOthers() {
        String item = "{\"user_id\":\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\",\"kind\":\"a\",\"payload\":{\"n\":%s}}";
        JsonNode results = server.post(
                        BATCH,
                        "{\"notifications\":[" + item.formatted("1e401") + "," + item.formatted("-0.0") + ","
                                + item.formatted("\"\\ud83d\"") + "]}")
                .json(200)
                .path("results");
        assertThat(results.path(0).path("status").intValue(), is(422));
        assertThat(results.path(1).path("status").intValue(), is(202));
        assertThat(results.path(2).path("status").intValue(), is(400));
        assertThat(published.size(), is(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {BATCH, BROADCAST})
    void otherMethodsAreRefused(String path) {
        for (String method : List.of("GET", "PUT", "DELETE", "HEAD")) {
            TestServer.Answer answer = server.send(method, path, "");
            assertThat(answer.status(), is(405));
            assertThat(answer.headers().get("Allow"), is("POST, OPTIONS"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/notifications%3Abatch", "/api/v1/notifications%3abatch", "/api/v1//notifications:batch"
            })
    void equivalentPathsAreServed(String path) {
        server.post(path, batch(GOOD.formatted("a"))).json(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/notifications:",
                "/api/v1/notifications:batch/",
                "/api/v1/notifications:Batch",
                "/api/v1/notifications/:batch",
                "/api/v1/notifications%253Abatch",
                "/api/v1/notifications:batch%00"
            })
    void unknownPathIsNotFound(String path) {
        server.post(path, batch(GOOD.formatted("a"))).problem(404);
        assertThat(published, is(empty()));
    }
}
