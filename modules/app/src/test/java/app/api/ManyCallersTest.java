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
 * Two hundred callers at once, on virtual threads and connections of their own, and ten connections to the database:
 * each call is answered as if it were alone, and a gateway gets what was promised, once.
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
    void everyAnswerIsKeptAndNobodyIsRefused() throws Exception {
        List<String> promised = atOnce(this::publishAndRevoke);
        List<String> told = new ArrayList<>();
        for (int i = 0; i < promised.size(); i++) {
            told.add(id(gateway.next()));
        }
        assertThat(new HashSet<>(promised), hasSize(promised.size()));
        assertThat(
                told.stream().sorted().toList(), is(promised.stream().sorted().toList()));
    }

    @Test
    @Timeout(60)
    void oneKeyIsOneEventForAll() throws Exception {
        List<String> promised = atOnce(client -> List.of(notify(client, List.of("Idempotency-Key: one"))));
        assertThat(new HashSet<>(promised), is(Set.of(id(gateway.next()))));
        try (RawHttp client = server.client()) {
            String last = notify(client, List.of());
            assertThat(id(gateway.next()), is(last)); // nothing came in between
        }
    }

    @Test
    @Timeout(60)
    void oneSessionIsRevokedOnceForAll() throws Exception {
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

        /** Makes them, and says what was promised. */
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
        List<String> promised = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<String>> call : threads.invokeAll(
                    Stream.generate(() -> caller).limit(CALLERS).toList())) {
                promised.addAll(call.get());
            }
        }
        return promised;
    }

    private List<String> publishAndRevoke(RawHttp client) throws IOException {
        List<String> promised = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            UUID user = UUID.randomUUID();
            String session = open(client, user);
            promised.add(notify(client, List.of()));
            promised.add(notify(client, List.of("Idempotency-Key: " + user)));
            answered(204, client, "DELETE", "/api/v1/sessions/" + session, List.of(), null);
            promised.add(session);
            String found = answered(200, client, "GET", "/api/v1/sessions/" + session, List.of(), null);
            assertThat(found, Json.MAPPER.readTree(found).path("state").stringValue(), is("revoked"));
            open(client, user);
            String all = answered(200, client, "DELETE", "/api/v1/users/" + user + "/sessions", List.of(), null);
            assertThat(all, Json.MAPPER.readTree(all).path("revoked").intValue(), is(1));
            promised.add(user.toString());
        }
        return promised;
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

    /** Of an event its id; of an invalidation that of its session, or of its user where it is for all sessions. */
    private static String id(PushEvent event) {
        if (event.hasClientEvent()) {
            return event.getClientEvent().getEventId();
        }
        String session = event.getSessionInvalidation().getDeviceSessionId();
        return session.isEmpty() ? event.getSessionInvalidation().getUserId() : session;
    }
}
