package console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import http.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import push.api.ClientEvent;
import push.api.Payload;
import push.engine.Delivery;
import push.engine.EngineRuntime;
import push.engine.Hub;
import push.engine.HubConfig;
import push.engine.Interest;
import push.engine.RetentionConfig;
import push.engine.StalePolicy;
import push.engine.Subscription;
import push.engine.SubscriptionRequest;
import push.engine.SubscriptionRequest.Start;
import testing.TestServer;
import tools.jackson.databind.JsonNode;

class StatusRoutesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    private final Hub hub = open(0);
    private final TestServer server = serving(hub);

    private static Hub open(int subscriberBuffer) {
        RetentionConfig retention =
                new RetentionConfig(Duration.ofMinutes(5), 16, 1 << 20, Duration.ofHours(1), 100, 32 << 20);
        HubConfig config = new HubConfig(
                retention,
                subscriberBuffer,
                256 << 10,
                100,
                Duration.ofSeconds(15),
                Duration.ZERO,
                Duration.ofSeconds(5),
                "n");
        return Hub.builder(config).runtime(new StoppedClock()).open();
    }

    private static TestServer serving(Hub hub) {
        return new TestServer(settings ->
                Problems.serve(settings, routing -> routing.register("/api/v1/push", new StatusRoutes(hub))));
    }

    @AfterEach
    void close() {
        server.close();
        hub.close();
    }

    private static void append(Hub hub, int count) {
        for (int i = 0; i < count; i++) {
            hub.publisher().publish(new ClientEvent(UUID.randomUUID(), null, "k", Payload.of(Map.of()), "", "", ""));
        }
    }

    private static Subscription subscribe(Hub hub, String id, Start start) throws Exception {
        return hub.subscribe(
                new SubscriptionRequest(id, "192.0.2.1:4711", "", start, StalePolicy.LIVE_TAIL, Interest.ALL, false));
    }

    private JsonNode status() {
        return server.get("/api/v1/push/status").json(200);
    }

    /** The only subscriber in the response of a server. */
    private static JsonNode subscriber(TestServer server) {
        JsonNode all = server.get("/api/v1/push/subscribers").json(200);
        assertThat(all.size(), is(1));
        return all.get(0);
    }

    @Test
    void newHubIsAtTheBeginningOfItsEpoch() {
        JsonNode json = status();
        assertThat(
                json.propertyNames(),
                contains("epoch", "head", "oldest", "retained_events", "retained_bytes", "log", "subscribers"));
        String epoch = hub.status().epoch();
        assertThat(json.path("epoch").stringValue(), is(epoch));
        assertThat(json.path("head").stringValue(), is(epoch + "-0"));
        assertThat(json.path("oldest").stringValue(), is(epoch + "-0"));
        assertThat(json.path("retained_events").longValue(), is(0L));
        assertThat(json.path("log").stringValue(), is("memory"));
        assertThat(json.path("subscribers").intValue(), is(0));
        assertThat(server.get("/api/v1/push/subscribers").json(200).toString(), is("[]"));
    }

    @Test
    void statusShowsEventsAndSubscribers() throws Exception {
        append(hub, 3);
        subscribe(hub, "a", Start.CURSOR);
        subscribe(hub, "b", Start.CURSOR);
        JsonNode json = status();
        assertThat(json.path("head").stringValue(), is(hub.status().epoch() + "-3"));
        assertThat(json.path("oldest").stringValue(), is(hub.status().epoch() + "-1"));
        assertThat(json.path("retained_events").longValue(), is(3L));
        assertThat(json.path("retained_bytes").longValue(), is(greaterThan(0L)));
        assertThat(json.path("subscribers").intValue(), is(2));
    }

    @Test
    void subscriberIsShownWithItsDeliveredEventsAndItsLag() throws Exception {
        append(hub, 3);
        Subscription subscription = subscribe(hub, "a", Start.EARLIEST);
        assertThat(subscriber(server).path("state").stringValue(), is("replaying"));
        subscription.take(new Delivery[2]);
        JsonNode json = subscriber(server);
        assertThat(
                json.propertyNames(),
                contains("id", "peer", "since", "cursor", "lag", "delivered", "dropped", "state"));
        assertThat(json.path("id").stringValue(), is("a"));
        assertThat(json.path("peer").stringValue(), is("192.0.2.1:4711"));
        assertThat(json.path("since").stringValue(), is("2026-01-01T10:00:00Z"));
        assertThat(json.path("cursor").stringValue(), is(hub.status().epoch() + "-2"));
        assertThat(json.path("lag").longValue(), is(1L));
        assertThat(json.path("delivered").longValue(), is(2L));
        assertThat(json.path("dropped").longValue(), is(0L));
        subscription.take(new Delivery[2]);
        assertThat(subscriber(server).path("state").stringValue(), is("live"));
    }

    @Test
    void subscriberIsShownWithItsDroppedEvents() throws Exception {
        try (Hub tight = open(2);
                TestServer shown = serving(tight)) {
            Subscription subscription = subscribe(tight, "slow", Start.CURSOR);
            append(tight, 5);
            subscription.take(new Delivery[1]);
            JsonNode json = subscriber(shown);
            assertThat(json.path("dropped").longValue(), is(3L));
            assertThat(json.path("state").stringValue(), is("dropping"));
        }
    }

    @Test
    void subscribersAreSortedById() throws Exception {
        for (String id : new String[] {"c", "a", "b"}) {
            subscribe(hub, id, Start.CURSOR);
        }
        JsonNode all = server.get("/api/v1/push/subscribers").json(200);
        assertThat(
                StreamSupport.stream(all.spliterator(), false)
                        .map(one -> one.path("id").stringValue())
                        .toList(),
                contains("a", "b", "c"));
    }

    @Test
    void closedHubIsStillShown() throws Exception {
        subscribe(hub, "a", Start.CURSOR);
        hub.close();
        assertThat(status().path("subscribers").intValue(), is(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/push/status", "/api/v1/push/subscribers"})
    void anyMethodButGetIsRefused(String path) {
        for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE"}) {
            TestServer.Answer answer = server.send(method, path, "{}");
            assertThat(answer.problem(405), is("this path supports GET, HEAD, OPTIONS"));
            assertThat(answer.headers().get("Allow"), is("GET, HEAD, OPTIONS"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/push", "/api/v1/push/", "/api/v1/push/subscribers/a", "/api/v1/push/events"})
    void unknownPathIsNotFound(String path) {
        assertThat(server.get(path).problem(404), startsWith("there is no resource"));
    }

    /** The real runtime, with a clock that stands still. */
    private static final class StoppedClock implements EngineRuntime {

        private final EngineRuntime system = EngineRuntime.system();

        @Override
        public Instant instant() {
            return NOW;
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Thread start(String name, Runnable task) {
            return system.start(name, task);
        }

        @Override
        public void park(Object blocker) {
            system.park(blocker);
        }

        @Override
        public void park(Object blocker, long nanos) {
            system.park(blocker, nanos);
        }

        @Override
        public void unpark(Thread thread) {
            system.unpark(thread);
        }

        @Override
        public double random() {
            return system.random();
        }
    }
}
