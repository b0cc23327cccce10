package app.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import app.api.ApiDocument.Operation;
import app.api.RandomRequests.Case;
import app.api.RawHttp.Answer;
import app.api.RawHttp.Request;
import http.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import testing.TestDatabase;

/**
 * Sends thousands of random requests. Each response must be one that the document lists. A request that the document
 * allows must not be refused as invalid, and a request that it does not allow must be refused.
 *
 * <p>{@code -Dfuzz.seed=…} repeats a run, {@code -Dfuzz.requests=…} makes it longer.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ApiFuzzTest {

    private static final long SEED = Long.getLong("fuzz.seed", 20260131);
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 3000);

    private final ApiServer server;
    private final RawHttp client;
    private final Random random = new Random(SEED);
    private ApiDocument document;

    ApiFuzzTest(TestDatabase database) {
        server = new ApiServer(database);
        client = server.client();
    }

    @BeforeEach
    void read() throws Exception {
        document = new ApiDocument(client.send(new Request("GET", "/openapi.json", List.of(), null))
                .body());
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void everyResponseIsInTheDocument() throws Exception {
        List<Operation> operations = document.operations();
        RandomRequests requests = new RandomRequests(document, random, sessions());
        Map<Integer, Integer> statuses = new HashMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            Case sent = requests.next(operations);
            Answer answer = client.send(sent.request());
            String exchange = "seed " + SEED + ", request " + i + ":\n" + sent.request() + "\n\n" + answer;
            assertThat(exchange, document.complaint(sent.operation(), answer), is(""));
            assertThat(exchange, agrees(sent, answer), is(true));
            statuses.merge(answer.status(), 1, Integer::sum);
        }
        for (int status : List.of(200, 202, 400, 404, 415, 422)) {
            assertThat(statuses + " has " + status, statuses.getOrDefault(status, 0), is(greaterThan(REQUESTS / 500)));
        }
    }

    private List<String> sessions() throws Exception {
        List<String> sessions = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String body = "{\"user_id\":\"3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11\"}";
            Answer answer = client.send(
                    new Request("POST", "/api/v1/sessions", List.of("Content-Type: application/json"), body));
            sessions.add(Json.MAPPER
                    .readTree(answer.body())
                    .path("device_session_id")
                    .stringValue());
        }
        return sessions;
    }

    /** Whether the status agrees with what the document says about the request. */
    private static boolean agrees(Case sent, Answer answer) {
        int status = answer.status();
        if (!sent.json()) {
            return status == 415;
        }
        if (!sent.allowed()) {
            return status / 100 == 4;
        }
        boolean isRandomCursor = status == 400 && sent.request().target().contains("cursor=");
        return isRandomCursor || !Set.of(400, 413, 415).contains(status);
    }

    @Test
    void oddRequestLinesAndHeadersGetNoServerError() throws Exception {
        List<String> targets = List.of(
                "/api/v1/notifications/",
                "/api/v1/notifications%3Abatch",
                "/api/v1/notifications;a=b",
                "/api/v1/%6eotifications",
                "//api//v1//push/status",
                "/api/v1/../v1/push/status",
                "/api/v1/./push/status",
                "/api/v1/push%2Fstatus",
                "/api/v1/push/status%00",
                "/api/v1/push/status%ff",
                "/api/v1/push/status%",
                "/api/v1/push/status?%ff=%zz&&&=",
                "/api/v1/sessions/%E2%80%AE",
                "/api/v1/sessions/" + "x".repeat(5000),
                "/" + "x/".repeat(1000),
                "/*",
                "*",
                "/{device_session_id}",
                "/\\",
                "/observe",
                "/observe/health",
                "/observe/health/none",
                "/observe/metrics/none",
                "/openapi.json/more",
                "http://test/api/v1/push/status",
                "push/status",
                "/ü",
                "");
        List<List<String>> headers = List.of(
                List.of(),
                List.of("Accept: garbage;;q=x"),
                List.of("Accept-Encoding: gzip, garbage"),
                List.of("Content-Encoding: gzip"),
                List.of("Content-Encoding: garbage"),
                List.of("Content-Type: ;;;"),
                List.of("Expect: garbage"),
                List.of("Range: bytes=0-1"),
                List.of("If-None-Match: *"),
                List.of("Cookie: a=b; garbage"),
                List.of("X-Request-Id: a", "X-Request-Id: b"),
                List.of("Idempotency-Key: a", "Idempotency-Key: b"),
                List.of("X-Long: " + "x".repeat(20_000)),
                List.of("no colon"),
                List.of(": no name"),
                List.of("na me: x"),
                List.of("X-Control: a\u0001b"),
                List.of("Transfer-Encoding: garbage"),
                List.of("Upgrade: websocket", "Connection: Upgrade"),
                List.of("Host: other"));
        for (String target : targets) {
            for (List<String> header : headers) {
                for (String method : List.of("GET", "POST", "garbage")) {
                    String body = method.equals("POST") ? "{}" : null;
                    Request request = new Request(method, target, header, body);
                    try (RawHttp once = server.client()) { // an unreadable request may end its connection
                        Answer answer = once.send(request);
                        String exchange = request + "\n\n" + answer;
                        assertThat(exchange, answer.status() < 500 || answer.status() == 501, is(true));
                        if (answer.status() >= 400) {
                            assertThat(exchange, document.complaintOfProblem(answer), is(""));
                        }
                    }
                }
            }
        }
    }
}
