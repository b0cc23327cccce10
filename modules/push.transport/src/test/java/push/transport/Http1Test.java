package push.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import push.engine.HubConfig;
import testing.Await;

/** HTTP/1 through the gate, with clients that send it byte by byte. */
class Http1Test {

    private static final String LAST = "GET /last HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    private static final int TIMEOUT_MILLIS = 15_000;

    private static final AtomicInteger HANDLERS = new AtomicInteger();

    private TestHub hub = hub(_ -> {});

    private static TestHub hub(Consumer<WebServerConfig.Builder> settings) {
        return new TestHub(HubConfig.defaults(), StreamLimits.defaults(), server -> {
            settings.accept(server);
            server.routing(
                    routing -> routing.get("/streamed", Http1Test::stream).any("/*", Http1Test::echo));
        });
    }

    @AfterEach
    void closeHub() {
        hub.close();
    }

    private static void echo(ServerRequest request, ServerResponse response) {
        HANDLERS.incrementAndGet();
        try {
            String body = request.content().hasEntity() ? request.content().as(String.class) : "";
            response.send(request.prologue().method() + " " + request.path().rawPath() + " " + body + "\n");
        } finally {
            HANDLERS.decrementAndGet();
        }
    }

    private static void stream(ServerRequest request, ServerResponse response) throws IOException {
        try (OutputStream out = response.outputStream()) {
            for (int i = 0; i < 1000; i++) {
                out.write(("line " + i + "\n").getBytes(ISO_8859_1));
            }
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), hub.port());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Sends a text in pieces, and reads the responses until the connection ends. */
    private String exchange(String... pieces) throws IOException {
        try (Socket socket = connect()) {
            for (String piece : pieces) {
                socket.getOutputStream().write(piece.getBytes(ISO_8859_1));
            }
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void answersPipelinedRequestsInOrder() throws Exception {
        String answers = exchange("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi"
                + "PUT /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n2;e\r\nyz\r\n0\r\n\r\n"
                + LAST);
        assertThat(answers, count(answers, "HTTP/1.1 200"), is(3));
        assertThat(answers.indexOf("POST /a hi") < answers.indexOf("PUT /b xyz"), is(true));
        assertThat(answers, endsWith("GET /last \n"));
    }

    @Test
    void acceptsSingleBytes() throws Exception {
        String answers = exchange(("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi" + LAST).split(""));
        assertThat(answers, count(answers, "HTTP/1.1 200"), is(2));
    }

    @Test
    void acceptsAPrefaceByteByByte() throws Exception {
        try (Socket socket = connect()) {
            for (byte b : "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(ISO_8859_1)) {
                socket.getOutputStream().write(b);
            }
            byte[] frame = socket.getInputStream().readNBytes(9);
            assertThat("SETTINGS", frame[3], is((byte) 4));
        }
    }

    @Test
    void servesHttp10() throws Exception {
        String answer = exchange("GET /streamed HTTP/1.0\r\n\r\n");
        assertThat(answer, startsWith("HTTP/1.0 200 OK\r\n"));
        assertThat(answer.toLowerCase(Locale.ROOT), not(containsString("chunked")));
        assertThat(answer, containsString("\r\n\r\nline 0\nline 1\n"));
        assertThat(answer, endsWith("line 998\nline 999\n"));
    }

    @Test
    void servesOneHttp10RequestOnAConnection() throws Exception {
        String answer = exchange("POST /a HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi" + LAST.repeat(3000));
        assertThat(answer, endsWith("POST /a hi\n"));
    }

    @Test
    void aRefusalArrivesEvenIfTheClientIsStillSending() throws Exception {
        String answer = exchange("GET / HTTP/1.1\r\nHost: h\r\nA: " + "a".repeat(1 << 20));
        assertThat(answer, startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n"));
        assertThat(answer, containsString("\r\nconnection: close\r\n"));
        assertThat(answer, containsString("\r\ncontent-type: application/problem+json\r\n"));
    }

    @Test
    void aRefusalFollowsTheEarlierResponses() throws Exception {
        String answers = exchange("GET /a HTTP/1.1\r\nHost: h\r\n\r\nGET //b HTTP/1.1\r\nHost: h\r\n\r\n" + LAST);
        assertThat(answers, count(answers, "HTTP/1.1 200"), is(1));
        assertThat(answers, count(answers, "HTTP/1.1 400"), is(1));
        assertThat(answers, containsString("has an empty segment"));
    }

    @Test
    void aBodyWithBadChunksIsRefused() throws Exception {
        String answers =
                exchange("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcXX0\r\n\r\n" + LAST);
        assertThat(answers, startsWith("HTTP/1.1 400 "));
        assertThat(answers, count(answers, "HTTP/1.1 "), is(1));
    }

    @Test
    void sendsContinueForABody() throws Exception {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    "POST /a HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n"
                            .getBytes(ISO_8859_1));
            String interim = new String(socket.getInputStream().readNBytes(25), ISO_8859_1);
            assertThat(interim, is("HTTP/1.1 100 Continue\r\n\r\n"));
            out.write("hi".getBytes(ISO_8859_1));
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1), endsWith("POST /a hi\n"));
        }
    }

    @Test
    void aPeerThatLeavesDuringABodyEndsItsHandler() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nh".getBytes(ISO_8859_1));
            Await.until("the handler reads", Duration.ofSeconds(10), () -> HANDLERS.get() == 1);
        }
        Await.until("the handler has ended", Duration.ofSeconds(10), () -> HANDLERS.get() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nh", "GET /a HTTP/1.1\r\nHost"})
    void helidonsReadTimeoutAppliesWithinARequest(String half) throws Exception {
        hub.close();
        hub = hub(server -> server.connectionOptions(
                SocketOptions.builder().readTimeout(Duration.ofSeconds(1)).build()));
        assertThat(exchange(half), startsWith("HTTP/1.1 408 Request Timeout\r\n"));
        Await.until("the handler has ended", Duration.ofSeconds(10), () -> HANDLERS.get() == 0);
    }

    @Test
    void javasClientThatOffersAnUpgradeIsServedOverHttp11() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + hub.port() + "/a");
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> response = client.send(
                        HttpRequest.newBuilder(uri)
                                .POST(HttpRequest.BodyPublishers.ofString("hi"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(response.body(), is("POST /a hi\n"));
                assertThat(response.version(), is(HttpClient.Version.HTTP_1_1));
            }
        }
    }
}
