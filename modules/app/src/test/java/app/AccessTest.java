package app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import access.Access;
import access.Caller;
import access.Decision;
import http.Json;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import push.engine.Cursor;
import push.gateway.End;
import push.gateway.GatewayClient;
import push.gateway.GatewayOptions;
import push.gateway.Target;
import testing.ForeignGateway;
import testing.TestServer;

/** One policy decides about HTTP requests and gRPC calls, before the hub reads a body or a message. */
@Timeout(60)
class AccessTest {

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final String METRICS = "/observe/metrics";
    private static final String NO_TOKEN = "a token is required";
    private static final Decision UNAUTHENTICATED = new Decision.Unauthenticated(NO_TOKEN);
    private static final Decision DENIED = new Decision.Denied("your token does not allow this");
    private static final String NOTIFY = TestServer.head(
            "POST", "/api/v1/notifications", "Content-Type: application/json", "Content-Length: 1048576");

    private final Map<String, AtomicInteger> decisions = new ConcurrentHashMap<>();
    private volatile Access policy = Access.everybody();

    @TempDir
    private Path folder;

    private PushServer server;

    @BeforeEach
    void start() {
        server = PushServer.start(SecureServer.settings(folder), this::decide);
    }

    private Decision decide(Caller caller) {
        decisions.computeIfAbsent(caller.path(), _ -> new AtomicInteger()).incrementAndGet();
        return policy.decide(caller);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    /** Sends a text unchanged, and returns the complete response. The connection may stay open after it. */
    private static String exchange(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("the response ends after \"" + head + "\"");
            }
            head.append((char) c);
        }
        int length = head.toString()
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .map(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findAny()
                .orElse(0);
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private String get(String path) throws IOException {
        try (Socket socket = connect()) {
            return exchange(socket, TestServer.head("GET", path, "Connection: close") + "\r\n");
        }
    }

    private Status subscribe() throws Exception {
        ManagedChannel channel = ForeignGateway.connect(server.port());
        try {
            return new ForeignGateway(channel, ForeignGateway.request("g", "")).status();
        } finally {
            channel.shutdownNow();
        }
    }

    private int decisionsAbout(String path) {
        return decisions.getOrDefault(path, new AtomicInteger()).get();
    }

    @Test
    void thePolicyDecidesOnceAboutEachPath() throws Exception {
        policy = _ -> UNAUTHENTICATED;
        List<String> paths = Json.MAPPER.readTree(OpenApiRoutes.document()).path("paths").propertyNames().stream()
                .map(path -> path.replaceAll("\\{[^}]*}", "3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11"))
                .toList();
        assertThat(paths.contains("/observe/health/live"), is(true));
        for (String path : paths) {
            assertThat(
                    get(path),
                    allOf(
                            startsWith("HTTP/1.1 401 "),
                            containsString("/problems/unauthenticated"),
                            containsString(NO_TOKEN)));
            assertThat(path, decisionsAbout(path), is(1));
        }
        assertThat(get("/none"), startsWith("HTTP/1.1 401 "));
    }

    @Test
    void aRefusalDoesNotWaitForTheBodyAndKeepsTheConnection() throws Exception {
        policy = _ -> UNAUTHENTICATED;
        Cursor before = server.hub().status().head();
        try (Socket socket = connect()) {
            assertThat(exchange(socket, NOTIFY + "\r\n"), startsWith("HTTP/1.1 401 "));
            policy = _ -> DENIED;
            String rest = "x".repeat(1 << 20) + TestServer.head("GET", "/openapi.json") + "\r\n";
            assertThat(exchange(socket, rest), startsWith("HTTP/1.1 403 "));
            policy = Access.everybody();
            String live = TestServer.head("GET", "/observe/health/live") + "\r\n";
            assertThat(exchange(socket, live), startsWith("HTTP/1.1 200 "));
        }
        assertThat(server.hub().status().head(), is(before));
    }

    @Test
    void aCallerThatExpectsToContinueIsRefusedInstead() throws Exception {
        policy = _ -> DENIED;
        try (Socket socket = connect()) {
            assertThat(exchange(socket, NOTIFY + "Expect: 100-continue\r\n\r\n"), startsWith("HTTP/1.1 403 "));
        }
    }

    @Test
    void aSubscriptionIsRefusedWithTheStatusOfTheDecision() throws Exception {
        policy = _ -> UNAUTHENTICATED;
        Status status = subscribe();
        assertThat(status.getCode(), is(Status.Code.UNAUTHENTICATED));
        assertThat(status.getDescription(), is(NO_TOKEN));
        policy = _ -> DENIED;
        assertThat(subscribe().getCode(), is(Status.Code.PERMISSION_DENIED));
        assertThat(decisionsAbout("/push.v1.Push/SubscribePush"), is(2));
        assertThat(server.hub().status().subscribers(), is(0));
    }

    @Test
    void theJavaClientDoesNotComeBackAfterARefusal() throws Exception {
        for (Decision refusal : List.of(UNAUTHENTICATED, DENIED)) {
            decisions.clear();
            policy = _ -> refusal;
            GatewayOptions options = GatewayOptions.of(new Target("127.0.0.1", server.port()), "g");
            try (GatewayClient client = GatewayClient.start(options, _ -> {})) {
                assertThat(client.awaitEnd(), instanceOf(End.Refused.class));
            }
            assertThat(decisionsAbout("/push.v1.Push/SubscribePush"), is(1));
        }
    }

    @Test
    void refusalsAreCounted() throws Exception {
        policy = caller -> caller.path().equals(METRICS) ? Decision.Allowed.ANONYMOUS : UNAUTHENTICATED;
        String stream = "grpc_push_streams_ended_total{status=\"UNAUTHENTICATED\"";
        String request = "http_requests_total{method=\"GET\",route=\"other\",status=\"401\"";
        double streams = counted(stream);
        double requests = counted(request);
        subscribe();
        get("/api/v1/push/status");
        assertThat(counted(stream) - streams, is(1.0));
        assertThat(counted(request) - requests, is(1.0));
    }

    private double counted(String series) throws IOException {
        return get(METRICS)
                .lines()
                .filter(line -> line.startsWith(series))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findAny()
                .orElseThrow(() -> new AssertionError("there is no series " + series));
    }

    @Test
    void aPolicyThatThrowsAllowsNoRequestAndNoCall() throws Exception {
        policy = _ -> {
            throw new IllegalStateException("jdbc:secret");
        };
        String answer = get("/api/v1/push/status");
        assertThat(answer, allOf(startsWith("HTTP/1.1 500 "), containsString("/problems/internal-error")));
        assertThat(answer.contains("secret"), is(false));
        Status status = subscribe();
        assertThat(status.getCode(), is(Status.Code.INTERNAL));
        assertThat(status.getDescription(), is("the hub failed; its log says why"));
        assertThat(server.hub().status().subscribers(), is(0));
    }
}
