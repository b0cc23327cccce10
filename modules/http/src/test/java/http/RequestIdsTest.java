package http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.helidon.http.Status;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.TestServer;

class RequestIdsTest {

    private final TestServer server = new TestServer(settings -> Problems.serve(
            settings,
            routing -> routing.register(rules -> Route.at("/id")
                            .get((request, response) -> Json.send(
                                    request,
                                    response,
                                    Status.OK_200,
                                    Map.of("id", RequestIds.of(request).orElse(""))))
                            .addTo(rules))
                    .get("/bug", (request, response) -> {
                        throw new IllegalStateException("a bug");
                    })));

    @AfterEach
    void close() {
        server.close();
    }

    private TestServer.Answer get(String path, String requestId) {
        return server.send("GET", path, "", "X-Request-Id: " + requestId);
    }

    private static UUID madeFor(TestServer.Answer answer) {
        UUID id = UUID.fromString(answer.headers().get("X-Request-Id"));
        assertThat(id.version(), is(7));
        assertThat(id.variant(), is(2));
        return id;
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "order 17/a", "~!\"#", "0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c"})
    void validIdOfTheCallerIsReturned(String id) {
        TestServer.Answer answer = get("/id", id);
        assertThat(answer.json(200).path("id").stringValue(), is(id));
        assertThat(answer.headers().get("X-Request-Id"), is(id));
    }

    @Test
    void idMayHave256Characters() {
        assertThat(get("/id", "x".repeat(256)).headers().get("X-Request-Id"), is("x".repeat(256)));
        madeFor(get("/id", "x".repeat(257)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "é", "a\tb"})
    void invalidIdIsReplaced(String id) {
        TestServer.Answer answer = get("/id", id);
        assertThat(answer.json(200).path("id").stringValue(), is(""));
        madeFor(answer);
    }

    @Test
    void eachRequestWithoutAnIdGetsANewOne() {
        assertThat(madeFor(server.get("/id")), is(not(madeFor(server.get("/id")))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/bug", "/%2e%2e/id"})
    void everyProblemHasTheId(String path) {
        TestServer.Answer answer = get(path, "mine");
        answer.problem(answer.status());
        assertThat(answer.headers().get("X-Request-Id"), is("mine"));
    }

    @Test
    void otherMethodsHaveTheId() {
        TestServer.Answer answer = server.post("/id", "{}", "X-Request-Id: mine");
        answer.problem(405);
        assertThat(answer.headers().get("X-Request-Id"), is("mine"));
    }

    @Test
    void malformedRequestGetsAnId() {
        TestServer.Answer answer = server.raw("nonsense\r\n\r\n");
        answer.problem(answer.status());
        madeFor(answer);
    }
}
