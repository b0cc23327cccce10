package http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.helidon.http.Status;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import limits.Lease;
import limits.RequestBudget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import testing.Await;
import testing.TestServer;

/** Requests over a budget that has room for few of them. */
class RequestMemoryTest {

    private static final long ALL = 4 << 20;
    private static final int LARGE = 800_000;
    private static final Duration SOON = Duration.ofSeconds(20);

    private final RequestBudget budget = RequestBudget.of(ALL);
    private final TestServer server = new TestServer(settings -> Problems.serve(
            settings,
            new HttpSettings(Set.of(), budget),
            routing -> routing.post("/", (request, response) -> {
                        JsonBody body = JsonBody.of(request, Set.of("payload"), Set.of("payload"));
                        int size = body.rawObject("payload").size();
                        Json.send(request, response, Status.OK_200, Map.of("size", size));
                    })
                    .post("/tree", (request, response) -> {
                        RawJson raw = JsonBody.of(request, Set.of("payload"), Set.of("payload"))
                                .rawObject("payload");
                        long held = raw.withTree(tree -> budget.whole().held());
                        Json.send(request, response, Status.OK_200, Map.of("held", held));
                    })));

    @AfterEach
    void close() {
        server.close();
    }

    private static String body(int length) {
        return "{\"payload\":{\"a\":\"" + "x".repeat(length) + "\"}}";
    }

    @Test
    void moreRequestsThanFitAtOnceAreAllAnswered() throws Exception {
        Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            callers.add(Thread.ofVirtual()
                    .start(() -> statuses.merge(server.post("/", body(LARGE)).status(), 1, Integer::sum)));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(statuses, is(Map.of(200, 12)));
        nothingIsHeld();
    }

    @Test
    void requestWithoutRoomGetsRetryAfter() throws Exception {
        try (Lease _ = budget.bodies().tryAcquire(budget.bodies().capacity()).orElseThrow()) {
            TestServer.Answer answer = server.post("/", body(LARGE));
            answer.problem(503);
            assertThat(answer.type(), is("/problems/overloaded"));
            assertThat(answer.headers().get("Retry-After"), is("1"));
            assertThat("a small one never waits", server.post("/", body(10)).status(), is(200));
        }
        assertThat(server.post("/", body(LARGE)).status(), is(200));
        nothingIsHeld();
    }

    @Test
    void declaredLengthIsHeldBeforeItArrivesAndReleasedOnDisconnect() throws Exception {
        try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String head =
                    TestServer.head("POST", "/", "Content-Type: application/json") + "Content-Length: 1000000\r\n\r\n{";
            caller.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            Await.until("the whole length is held", SOON, () -> budget.bodies().held() == 1_000_000);
        }
        nothingIsHeld();
    }

    @Test
    void chunkedBodyHoldsLittleAtFirst() throws Exception {
        try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String head = TestServer.head("POST", "/", "Content-Type: application/json")
                    + "Transfer-Encoding: chunked\r\n\r\n1388\r\n{" + " ".repeat(4_999) + "\r\n";
            caller.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            Await.until("a little is held", SOON, () -> budget.bodies().held() == 60 << 10);
        }
        nothingIsHeld();
    }

    @Test
    void treeIsHeldWhileItIsInUse() throws Exception {
        String dense = "{\"payload\":{\"a\":[" + "[],".repeat(10_000) + "[]]}}";
        long held = server.post("/tree", dense).json(200).path("held").longValue();
        assertThat(held > 10_000 * 48, is(true));
        nothingIsHeld();
    }

    @Test
    void treeBeyondTheBudgetIsTooLarge() throws Exception {
        String dense = "{\"payload\":{\"a\":[" + "{},".repeat(100_000) + "{}]}}";
        assertThat(server.post("/tree", dense).problem(413), containsString("requests.max-bytes"));
        nothingIsHeld();
    }

    @Test
    void refusedRequestsReleaseTheirMemory() throws Exception {
        for (String body : List.of("{", "[]", "{\"payload\":{\"a\":1,\"a\":1}}", "{\"other\":1}", "\u0000")) {
            server.post("/", body).problem(400);
        }
        nothingIsHeld();
    }

    private void nothingIsHeld() throws Exception {
        Await.until("nothing is held", SOON, () -> budget.whole().held() == 0);
    }
}
