package http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import access.Access;
import access.Caller;
import access.Decision;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import limits.RequestBudget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.TestServer;

/** The policy decides once about each request, before its body is read. No handler gets a refused request. */
class AccessFilterTest {

    private static final String SECRET = "jdbc:secret";
    private static final String NO_TOKEN = "a token is required";
    private static final Decision UNAUTHENTICATED = new Decision.Unauthenticated(NO_TOKEN, "Bearer realm=\"push\"");
    private static final Decision DENIED = new Decision.Denied("your token does not allow this");

    private final Queue<String> decisions = new ConcurrentLinkedQueue<>();
    private final AtomicInteger handled = new AtomicInteger();
    private volatile Access access = Access.everybody();

    private final TestServer server = new TestServer(settings -> Problems.serve(
            settings,
            new HttpSettings(
                    Set.of(), caller -> access.decide(caller), RequestBudget.of(8 << 20), RequestObserver.none()),
            routing -> routing.any("/any", this::handle)));

    private void handle(ServerRequest request, ServerResponse response) {
        handled.incrementAndGet();
        Json.send(request, response, Status.OK_200, Map.of());
    }

    private Decision record(Caller caller, Decision decision) {
        decisions.add(caller.method() + " " + caller.path());
        return decision;
    }

    private void decide(Decision decision) {
        access = caller -> record(caller, decision);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static void refuses401(TestServer.Answer answer) {
        assertThat(answer.problem(401), is(NO_TOKEN));
        assertThat(answer.type(), is("/problems/unauthenticated"));
        assertThat(answer.headers().get("WWW-Authenticate"), is("Bearer realm=\"push\""));
    }

    @Test
    void anAllowedRequestIsHandledAfterOneDecision() {
        decide(Decision.Allowed.ANONYMOUS);
        server.post("/any", "{}").json(200);
        assertThat(decisions, contains("POST /any"));
        assertThat(handled.get(), is(1));
    }

    @Test
    void anUnauthenticatedRequestGetsA401WithAChallenge() {
        decide(UNAUTHENTICATED);
        refuses401(server.get("/any"));
        assertThat(handled.get(), is(0));
    }

    @Test
    void aDeniedRequestGetsA403WithoutAChallenge() {
        decide(DENIED);
        TestServer.Answer answer = server.get("/any");
        assertThat(answer.problem(403), is("your token does not allow this"));
        assertThat(answer.type(), is("/problems/forbidden"));
        assertThat(answer.headers().get("WWW-Authenticate"), is(nullValue()));
        assertThat(handled.get(), is(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
    void requestsAreRefusedOnEveryPathWithEveryMethod(String method) {
        decide(UNAUTHENTICATED);
        for (String path : List.of("/any", "/none")) {
            TestServer.Answer answer = server.last(TestServer.head(method, path, "Connection: close") + "\r\n", false);
            assertThat(answer.status(), is(401));
            assertThat(answer.headers().get("WWW-Authenticate"), is("Bearer realm=\"push\""));
        }
        assertThat(decisions, contains(method + " /any", method + " /none"));
        assertThat(handled.get(), is(0));
    }

    @Test
    void thePolicySeesTheHeadOfTheRequest() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        access = caller -> {
            seen.add(caller.peer());
            seen.add(caller.path());
            seen.add(caller.header("AUTHORIZATION").toString());
            seen.add(caller.header("cookie").toString());
            return Decision.Allowed.ANONYMOUS;
        };
        server.raw(TestServer.head("GET", "/%61ny?x=y", "Authorization: Bearer a", "authorization: Bearer b") + "\r\n")
                .json(200);
        assertThat(
                seen,
                contains(matchesPattern("127\\.0\\.0\\.1:\\d+"), is("/any"), is("[Bearer a, Bearer b]"), is("[]")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1048576",
                "Content-Length: 1048577",
                "Transfer-Encoding: chunked",
                "Content-Type: text/plain\r\nContent-Length: 1048576",
                "Content-Type: application/json\r\nContent-Length: 1048576",
                "Content-Type: application/json\r\nTransfer-Encoding: chunked",
                "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 1048576"
            })
    void aRefusalDoesNotWaitForTheBody(String headers) {
        decide(UNAUTHENTICATED);
        refuses401(server.raw(TestServer.head("POST", "/any", headers) + "\r\n")); // the body is never sent
        decide(DENIED);
        server.raw(TestServer.head("POST", "/any", headers) + "\r\n").problem(403);
        assertThat(handled.get(), is(0));
    }

    @Test
    void theBodyOfARefusedRequestIsNeverTheNextRequest() {
        decide(UNAUTHENTICATED);
        String hidden = TestServer.head("GET", "/any") + "\r\n";
        String head = TestServer.head(
                "POST",
                "/any",
                "Connection: close",
                "Content-Type: application/json",
                "Content-Length: " + hidden.length());
        assertThat(server.last(head + "\r\n" + hidden, false).status(), is(401));
        assertThat(decisions, contains("POST /any"));
    }

    @Test
    void aRequestOfAnotherSiteIsRefusedWithoutADecision() {
        decide(UNAUTHENTICATED);
        server.raw("GET /any HTTP/1.1\r\nHost: evil.example\r\n\r\n").problem(421);
        server.raw(TestServer.head("GET", "/any", "Origin: http://evil.example") + "\r\n")
                .problem(403);
        assertThat(decisions, is(empty()));
    }

    private void failsClosed(Access failing) {
        access = failing;
        TestServer.Answer answer = server.post("/any", "{}");
        assertThat(answer.problem(500), is("the server failed; the reason is in its log"));
        assertThat(answer.type(), is("/problems/internal-error"));
        assertThat(answer.body(), not(containsString(SECRET)));
        assertThat(handled.get(), is(0));
        access = Access.everybody();
        server.get("/any").json(200);
    }

    @Test
    void aPolicyThatThrowsAllowsNoRequest() {
        failsClosed(_ -> {
            throw new IllegalStateException(SECRET);
        });
    }

    @Test
    void aPolicyThatFailsWithAnErrorAllowsNoRequest() {
        failsClosed(_ -> {
            throw new StackOverflowError(SECRET);
        });
    }

    @Test
    @SuppressWarnings("NullAway") // a policy must not do this
    void aPolicyWithoutADecisionAllowsNoRequest() {
        failsClosed(_ -> null);
    }

    @Test
    void aPolicyThatThrowsAProblemAllowsNoRequest() {
        failsClosed(_ -> {
            throw Problem.badRequest(SECRET);
        });
    }
}
