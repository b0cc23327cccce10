package http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.helidon.http.ForbiddenException;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.TestServer;

class ProblemsTest {

    private static final String SECRET = "jdbc:secret";

    private final TestServer server = new TestServer(settings -> Problems.serve(
            settings,
            routing -> translated(routing)
                    .get("/problem", throwing(new Problem(Status.CONFLICT_409, "it is taken")))
                    .get("/busy", throwing(new UncheckedIOException(SECRET, new IOException(SECRET))))
                    .get("/stopped", throwing(Problem.stopped()))
                    .get("/forbidden", throwing(new ForbiddenException("not yours")))
                    .get("/unavailable", throwing(new HttpException(SECRET, Status.BAD_GATEWAY_502)))
                    .get("/bug", throwing(new IllegalStateException(SECRET, new NullPointerException(SECRET))))
                    .get("/error", (request, response) -> {
                        throw new AssertionError(SECRET);
                    })
                    .register(rules -> Route.at("/two")
                            .get((request, response) -> Json.send(request, response, Status.OK_200, "two"))
                            .delete((request, response) ->
                                    response.status(Status.NO_CONTENT_204).send())
                            .addTo(rules))));

    private static HttpRouting.Builder translated(HttpRouting.Builder routing) {
        Problems.translate(routing, UncheckedIOException.class, Problem::overloaded);
        return routing;
    }

    private static Handler throwing(RuntimeException e) {
        return (request, response) -> {
            throw e;
        };
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void problemIsSentUnchanged() {
        TestServer.Answer answer = server.get("/problem");
        assertThat(answer.problem(409), is("it is taken"));
        assertThat(answer.headers().get("Retry-After"), is(nullValue()));
    }

    @Test
    void temporaryProblemHasRetryAfter() {
        TestServer.Answer answer = server.get("/stopped");
        assertThat(answer.problem(503), is("push service stopped"));
        assertThat(answer.headers().get("Retry-After"), is("1"));
    }

    @Test
    void translatedFailureHasRetryAfter() {
        TestServer.Answer answer = server.get("/busy");
        assertThat(answer.problem(503), is("the server is too busy; retry later"));
        assertThat(answer.headers().get("Retry-After"), is("1"));
    }

    @Test
    void httpExceptionOfAHandlerKeepsItsStatusAndMessage() {
        assertThat(server.get("/forbidden").problem(403), is("not yours"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bug", "/error"})
    void serverErrorRevealsNothingInternal(String path) {
        TestServer.Answer answer = server.get(path);
        assertThat(answer.problem(500), is("the server failed; the reason is in its log"));
        assertThat(answer.body(), not(containsString(SECRET)));
    }

    @Test
    void badGatewayRevealsNothingInternal() {
        assertThat(server.get("/unavailable").problem(502), is("the server failed; the reason is in its log"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/none", "/problem/more", "/%2e%2e/problem", "/none?x=y"})
    void unknownPathIsNotFound(String path) {
        assertThat(server.get(path).problem(404), is("there is no resource at this path"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "TRACE"})
    void unsupportedMethodIsRefusedWithTheSupportedOnes(String method) {
        TestServer.Answer answer = server.send(method, "/two", "");
        assertThat(answer.problem(405), is("this path supports GET, HEAD, DELETE, OPTIONS"));
        assertThat(answer.headers().get("Allow"), is("GET, HEAD, DELETE, OPTIONS"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "DELETE", "OPTIONS", "PATCH"})
    void unknownPathIsNotFoundWithAnyMethod(String method) {
        assertThat(server.send(method, "/none", "").status(), is(404));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/two", "/none"})
    void unknownMethodIsNotImplementedAtAnyPath(String path) {
        assertThat(
                server.send("NONSENSE", path, "").problem(501),
                is("the method \"NONSENSE\" is not supported at any path"));
    }

    @Test
    void optionsListsTheMethods() {
        TestServer.Answer answer = server.send("OPTIONS", "/two", "");
        assertThat(answer.status(), is(204));
        assertThat(answer.headers().get("Allow"), is("GET, HEAD, DELETE, OPTIONS"));
    }

    @Test
    void headHasTheContentLengthOfGetAndNoBody() {
        TestServer.Answer get = server.get("/two");
        TestServer.Answer head = server.last(TestServer.head("HEAD", "/two", "Connection: close") + "\r\n", false);
        assertThat(head.status(), is(200));
        assertThat(head.headers().get("Content-Length"), is(get.headers().get("Content-Length")));
        assertThat(head.headers().get("Content-Type"), is("application/json"));
    }

    @Test
    void headOfAProblemHasNoBody() {
        TestServer.Answer head = server.last(TestServer.head("HEAD", "/none", "Connection: close") + "\r\n", false);
        assertThat(head.status(), is(404));
        assertThat(head.headers().get("Content-Type"), is("application/problem+json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GÉT /problem HTTP/1.1\r\nHost: test\r\n\r\n",
                "GET\t/problem HTTP/1.1\r\nHost: test\r\n\r\n",
                "GET /problem HTTP/3.7\r\nHost: test\r\n\r\n",
                "GET /<script> HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n",
                "GET /problem HTTP/1.1\r\nHost: test\r\nno colon\r\n\r\n",
                "GET /problem HTTP/1.1\r\nHost: test\r\nContent-Length: x\r\nConnection: close\r\n\r\n"
            })
    void malformedRequestIsAProblemThatDoesNotQuoteIt(String request) {
        TestServer.Answer answer = server.raw(request);
        assertThat(answer.problem(answer.status()), containsString("the request is malformed"));
        assertThat(answer.status() / 100, is(4));
        assertThat(answer.body(), not(containsString("script")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 38\r\n\r\nGET /problem HTTP/1.1\r\nHost: hidden\r\n\r\n",
                "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                "Transfer-Encoding: chunked\r\n\r\n26\r\nGET /problem HTTP/1.1\r\nHost: hidden\r\n\r\n\r\n0\r\n\r\n",
                "\r\n"
            })
    void connectionClosesAndABodyIsNeverTheNextRequest(String rest) {
        String head = TestServer.head("POST", "/two", "Connection: close", "Content-Type: application/json");
        assertThat(server.last(head + rest, false).status(), is(405));
    }

    @Test
    void truncatedRequestIsABadRequest() {
        String cut = TestServer.head("GET", "/problem").substring(0, 30);
        assertThat(server.last(cut, true).problem(400), containsString("the request is malformed"));
    }
}
