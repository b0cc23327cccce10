package http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import access.Access;
import access.Decision;
import io.helidon.http.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import limits.RequestBudget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import testing.TestServer;

/** A request with {@code Expect: 100-continue} that is answered before the hub has asked for the body. */
class ExpectBodyTest {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private volatile Access access = Access.everybody();

    private final TestServer server = new TestServer(settings -> Problems.serve(
            settings,
            new HttpSettings(
                    Set.of(),
                    caller -> {
                        asked.add(caller.method() + " " + caller.path());
                        return access.decide(caller);
                    },
                    RequestBudget.of(8 << 20),
                    RequestObserver.none()),
            routing -> routing.any(
                            "/unread", (request, response) -> Json.send(request, response, Status.OK_200, Map.of()))
                    .post("/read", (request, response) -> {
                        request.content().as(String.class);
                        Json.send(request, response, Status.OK_200, Map.of());
                    })));

    @AfterEach
    void close() {
        server.close();
    }

    private static String expecting(String method, String path, int length, String... headers) {
        return TestServer.head(method, path, headers)
                + "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: " + length + "\r\n\r\n";
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /unread, 200",
        "GET, /unread, 200",
        "DELETE, /unread, 200",
        "OPTIONS, /unread, 200",
        "POST, /missing, 404",
        "GET, /read, 404",
    })
    void theBodyIsNeverTheNextRequest(String method, String path, int status) {
        String hidden = TestServer.head("GET", "/hidden") + "\r\n";
        assertThat(
                server.last(expecting(method, path, hidden.length()) + hidden, true)
                        .status(),
                is(status));
        assertThat(asked, contains(method + " " + path));
    }

    @Test
    void theBodyOfARefusedRequestIsNeverTheNextRequest() {
        access = _ -> new Decision.Unauthenticated("a token is required");
        String hidden = TestServer.head("GET", "/hidden") + "\r\n";
        assertThat(
                server.last(expecting("POST", "/read", hidden.length()) + hidden, true)
                        .status(),
                is(401));
        assertThat(asked, contains("POST /read"));
    }

    @Test
    void aConnectionStaysOpenAfterABodyThatTheHubAskedFor() throws IOException {
        String next = expecting("POST", "/read", 2) + "{}" + TestServer.head("GET", "/unread", "Connection: close");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write((next + "\r\n").getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(all, containsString("100 Continue"));
            assertThat(all.split("200 OK", -1).length - 1, is(2));
            assertThat(all.substring(0, all.lastIndexOf("200 OK")), not(containsString("Connection: close")));
        }
        assertThat(asked, contains("POST /read", "GET /unread"));
    }
}
