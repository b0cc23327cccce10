package app.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import app.api.ApiDocument.Operation;
import app.api.RawHttp.Answer;
import app.api.RawHttp.Request;
import http.Json;
import http.ProblemType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import testing.TestDatabase;

/** Tests that the document describes everything that the server does, and nothing else. */
class OpenApiTest {

    private static final String USER = "3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11";
    private static final String NOTIFICATION =
            "{\"user_id\":\"" + USER + "\",\"kind\":\"mail\",\"payload\":{\"text\":\"hello\"}}";
    private static final String MISFIT = "{\"user_id\":\"" + USER + "\",\"kind\":\"order\",\"payload\":{}}";
    private static final String JSON = "Content-Type: application/json";
    private static final String TOO_LARGE = " ".repeat((1 << 20) + 1);

    private final ApiServer server = new ApiServer(TestDatabase.H2);
    private final RawHttp client = server.client();
    private final Set<String> seen = new TreeSet<>();
    private ApiDocument document;
    private Map<String, Operation> operations;

    @BeforeEach
    void read() throws IOException {
        document = new ApiDocument(client.send(new Request("GET", "/openapi.json", List.of(), null))
                .body());
        operations = document.operations().stream().collect(Collectors.toMap(Operation::toString, o -> o));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private Operation operation(String name) {
        return Objects.requireNonNull(operations.get(name), name);
    }

    /** Calls an operation, and checks its response against the document. */
    private Answer call(String operation, String target, String body, String... headers) throws IOException {
        Operation of = operation(operation);
        Request request = new Request(of.method(), target, List.of(headers), body.isEmpty() ? null : body);
        Answer answer = client.send(request);
        assertThat(request + "\n\n" + answer, document.complaint(of, answer), is(""));
        seen.add(operation + " " + answer.status());
        return answer;
    }

    private void call(int status, String operation, String target, String body, String... headers) throws IOException {
        Answer answer = call(operation, target, body, headers);
        assertThat(operation + ": " + answer, answer.status(), is(status));
    }

    @Test
    void everyOperationReturnsEveryDocumentedStatus() throws Exception {
        post("/api/v1/notifications", 202, NOTIFICATION, MISFIT);
        post("/api/v1/notifications:batch", 200, "{\"notifications\":[" + NOTIFICATION + "," + MISFIT + ",{},7]}", "");
        String broadcast = NOTIFICATION.replace("\"user_id\":\"" + USER + "\"", "\"user_ids\":[\"" + USER + "\"]");
        post("/api/v1/notifications:broadcast", 202, broadcast, broadcast.replace("mail", "order"));
        post("/api/v1/sessions", 201, "{\"user_id\":\"" + USER + "\",\"device\":\"phone\"}", "");
        sessions();
        for (String path : List.of("/api/v1/push/status", "/api/v1/push/subscribers", "/openapi.json")) {
            get(path, path, "");
        }
        for (String path : List.of("/observe/health/ready", "/observe/health/live", "/observe/metrics")) {
            get(path, path, "");
        }
        call(200, "GET /observe/metrics", "/observe/metrics", "", "Accept: application/json");
        call(406, "GET /observe/metrics", "/observe/metrics", "", "Accept: text/html");
        assertThat("every response of the document was seen", seen, is(documented()));
    }

    private void post(String path, int status, String body, String unprocessable) throws IOException {
        String operation = "POST " + path;
        call(status, operation, path, body, JSON);
        call(400, operation, path, "{}", JSON);
        call(413, operation, path, TOO_LARGE, JSON);
        call(415, operation, path, body, "Content-Type: text/plain");
        if (operation(operation).node().path("responses").has("422")) {
            call(status, operation, path, body, JSON, "Idempotency-Key: a");
            call(status, operation, path, body, JSON, "Idempotency-Key: a");
            call(
                    422,
                    operation,
                    path,
                    unprocessable.isEmpty() ? body + " " : unprocessable,
                    JSON,
                    "Idempotency-Key: a");
        }
    }

    /** Calls an operation with a valid request, and with an invalid header. */
    private void get(String template, String target, String query) throws IOException {
        call(200, "GET " + template, target + query, "");
        call(400, "GET " + template, target, "", "X-Request-Id: a\u007fb");
    }

    private void sessions() throws IOException {
        String path = "/api/v1/sessions/{device_session_id}";
        String unknown = "/api/v1/sessions/" + UUID.randomUUID();
        String session = "/api/v1/sessions/" + open();
        for (String[] call : new String[][] {{"GET", ""}, {"POST", "/touch"}, {"DELETE", ""}}) {
            String operation = call[0] + " " + path + call[1];
            call(call[0].equals("DELETE") ? 204 : 200, operation, session + call[1], "");
            call(404, operation, unknown + call[1], "");
            call(400, operation, "/api/v1/sessions/17" + call[1], "");
        }
        call(409, "POST " + path + "/touch", session + "/touch", "");
        call(200, "GET " + path, session, "");

        String another = "{\"user_id\":\"" + UUID.randomUUID() + "\"}";
        for (int i = 0; i < ApiServer.MAX_SESSIONS; i++) {
            call(201, "POST /api/v1/sessions", "/api/v1/sessions", another, JSON);
        }
        call(409, "POST /api/v1/sessions", "/api/v1/sessions", another, JSON);
        open();
        open();
        String sessions = "/api/v1/users/" + USER + "/sessions";
        String template = "/api/v1/users/{user_id}/sessions";
        pages("GET " + template, sessions, "state=all&limit=1");
        get(template, sessions, "");
        call(200, "DELETE " + template, sessions + "?reason=stolen", "");
        call(400, "DELETE " + template, sessions + "?reason=" + "x".repeat(1025), "");
        pages("GET /api/v1/revocations", "/api/v1/revocations", "limit=1");
        get("/api/v1/revocations", "/api/v1/revocations", "?since=2026-01-31T12:00:00Z");
    }

    private String open() throws IOException {
        Answer answer = call("POST /api/v1/sessions", "/api/v1/sessions", "{\"user_id\":\"" + USER + "\"}", JSON);
        return Json.MAPPER.readTree(answer.body()).path("device_session_id").stringValue();
    }

    private void pages(String operation, String target, String query) throws IOException {
        Answer first = call(operation, target + "?" + query, "");
        String cursor = Json.MAPPER.readTree(first.body()).path("next_cursor").stringValue();
        call(200, operation, target + "?" + query + "&cursor=" + cursor, "");
        call(400, operation, target + "?" + query + "&cursor=x", "");
    }

    /** All responses of the document, except those of a hub that is stopped or overloaded. */
    private Set<String> documented() {
        Set<String> all = new TreeSet<>();
        operations.forEach((name, operation) -> operation.node().path("responses").propertyNames().stream()
                .filter(status -> !status.equals("503"))
                .forEach(status -> all.add(name + " " + status)));
        return all;
    }

    @Test
    void everyRouteIsInTheDocument() {
        Map<String, Set<String>> routes = RecordedRoutes.of(server.push()::routes);
        Map<String, Set<String>> documented = new TreeMap<>();
        document.methods().forEach((path, methods) -> {
            Set<String> all = new TreeSet<>(methods);
            all.add("ANY"); // for the 405
            documented.put(path, all);
        });
        assertThat(routes, is(documented));
    }

    @Test
    void problemTypesAreThoseOfTheServer() {
        List<String> types = new ArrayList<>();
        document.component("schemas", "Problem")
                .path("properties")
                .path("type")
                .path("enum")
                .forEach(type -> types.add(type.stringValue()));
        assertThat(
                types,
                is(Stream.concat(Arrays.stream(ProblemType.values()).map(ProblemType::uri), Stream.of("about:blank"))
                        .toList()));
    }

    @Test
    void examplesFitTheirSchemas() {
        for (String schema : List.of("Id", "Kind", "Payload", "Cursor")) {
            document.component("schemas", schema)
                    .path("examples")
                    .forEach(example -> assertThat(
                            schema, document.fits(document.component("schemas", schema), example), is(true)));
        }
    }
}
