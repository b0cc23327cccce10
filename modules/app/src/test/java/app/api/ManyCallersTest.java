package app.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import app.api.RawHttp.Answer;
import app.api.RawHttp.Request;
import http.Json;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import push.protocol.v1.PushEvent;
import testing.ForeignGateway;
import testing.TestDatabase;

/**
 * Tests two hundred concurrent callers, each with its own virtual thread and connection, with ten connections to the
 * database. Each call must get the same response as a single call, and a gateway must get each event once.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ManyCallersTest {

    private static final int CALLERS = 200;
    private static final int TIMES = 2;

    private final ApiServer server;
    private final ManagedChannel channel;
    private ForeignGateway gateway;

    ManyCallersTest(TestDatabase database) {
        server = new ApiServer(database);
        channel = ForeignGateway.connect(server.push().port());
    }

    @BeforeEach
    void subscribe() throws Exception {
        gateway = new ForeignGateway(channel, ForeignGateway.request("gateway", "")).subscribed();
        gateway.readingAll();
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        server.close();
    }

    @Test
    @Timeout(60)
    void everyCallSucceedsAndItsEventIsDelivered() throws Exception {
        List<String> expected = atOnce(this::publishAndRevoke);
        List<String> delivered = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            delivered.add(id(gateway.next()));
        }
        assertThat(new HashSet<>(expected), hasSize(expected.size()));
        assertThat(
                delivered.stream().sorted().toList(),
                is(expected.stream().sorted().toList()));
    }

    @Test
    @Timeout(60)
    void callersWithOneKeyPublishOneEvent() throws Exception {
        List<String> expected = atOnce(client -> List.of(notify(client, List.of("Idempotency-Key: one"))));
        assertThat(new HashSet<>(expected), is(Set.of(id(gateway.next()))));
        try (RawHttp client = server.client()) {
            String last = notify(client, List.of());
            assertThat(id(gateway.next()), is(last)); // no other event was delivered in between
        }
    }

    @Test
    @Timeout(60)
    void callersRevokeOneSessionOnce() throws Exception {
        String session;
        try (RawHttp client = server.client()) {
            session = open(client, UUID.randomUUID());
        }
        atOnce(client -> List.of(answered(204, client, "DELETE", "/api/v1/sessions/" + session, List.of(), null)));
        assertThat(id(gateway.next()), is(session));
        try (RawHttp client = server.client()) {
            String last = notify(client, List.of());
            assertThat(id(gateway.next()), is(last));
        }
    }

    private interface Calls {

        /** Makes the calls, and returns the ids of the events that the gateway must get. */
        List<String> make(RawHttp client) throws IOException;
    }

    private List<String> atOnce(Calls calls) throws Exception {
        CyclicBarrier start = new CyclicBarrier(CALLERS);
        Callable<List<String>> caller = () -> {
            try (RawHttp client = server.client()) {
                start.await();
                return calls.make(client);
            }
        };
        List<String> expected = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<String>> call : threads.invokeAll(
                    Stream.generate(() -> caller).limit(CALLERS).toList())) {
                expected.addAll(call.get());
            }
        }
        return expected;
    }

    private List<String> publishAndRevoke(RawHttp client) throws IOException {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            UUID user = UUID.randomUUID();
            String session = open(client, user);
            expected.add(notify(client, List.of()));
            expected.add(notify(client, List.of("Idempotency-Key: " + user)));
            answered(204, client, "DELETE", "/api/v1/sessions/" + session, List.of(), null);
            expected.add(session);
            String found = answered(200, client, "GET", "/api/v1/sessions/" + session, List.of(), null);
            assertThat(found, Json.MAPPER.readTree(found).path("state").stringValue(), is("revoked"));
            open(client, user);
            String all = answered(200, client, "DELETE", "/api/v1/users/" + user + "/sessions", List.of(), null);
            assertThat(all, Json.MAPPER.readTree(all).path("revoked").intValue(), is(1));
            expected.add(user.toString());
        }
        return expected;
    }

    private static String open(RawHttp client, UUID user) throws IOException {
        String body = "{\"user_id\":\"" + user + "\"}";
        return text(answered(201, client, "POST", "/api/v1/sessions", List.of(), body), "device_session_id");
    }

    private static String notify(RawHttp client, List<String> headers) throws IOException {
        String body =
                "{\"user_id\":\"3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11\",\"kind\":\"order\",\"payload\":{\"number\":1}}";
        return text(answered(202, client, "POST", "/api/v1/notifications", headers, body), "event_id");
    }

    private static String answered(
            int status, RawHttp client, String method, String target, List<String> headers, @Nullable String body)
            throws IOException {
        List<String> all = new ArrayList<>(headers);
        if (body != null) {
            all.add("Content-Type: application/json");
        }
        Answer answer = client.send(new Request(method, target, all, body));
        assertThat(answer.toString(), answer.status(), is(status));
        return answer.body();
    }

    private static String text(String json, String member) {
        return Json.MAPPER.readTree(json).path(member).stringValue();
    }

    /** The id of a client event; for an invalidation, the id of its session, or of its user if there is no session. */
    private static String id(PushEvent event) {
        if (event.hasClientEvent()) {
            return event.getClientEvent().getEventId();
        }
        String session = event.getSessionInvalidation().getDeviceSessionId();
        return session.isEmpty() ? event.getSessionInvalidation().getUserId() : session;
    }
}
