package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static push.gateway.Events.event;

import io.grpc.Status;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.GoAway;
import push.protocol.v1.Notice;
import push.protocol.v1.PushEvent;
import push.protocol.v1.StalePolicy;
import push.protocol.v1.Start;

/** After which ends the client reconnects, from which cursor, and when. */
@Timeout(60)
@SuppressWarnings("try") // some tests close the client, and the try statement closes it again
class ReconnectTest {

    private static final Timing WITHOUT_DELAY = new Timing(FixedRandom.HIGHEST, delay -> {}, () -> 0L);

    private final Recorder recorder = new Recorder();

    @Test
    void resumesAfterTheLastEventForFiftyEndsOfTheStream() throws Exception {
        int cuts = 50;
        TestHub.Script threeEach = (request, stream) -> {
            int next = Events.number(request.getCursor()) + 1;
            for (int n = next; n < next + 3; n++) {
                stream.onNext(event(n));
            }
            if (next % 2 == 0) {
                stream.onCompleted();
            } else {
                stream.onError(Status.UNAVAILABLE.asException());
            }
        };
        try (TestHub hub = TestHub.start(threeEach);
                GatewayClient client = start(GatewayOptions.of(hub.target(), "edge-1"), WITHOUT_DELAY)) {
            recorder.expect(1, 3 * cuts);
            for (int i = 0; i < cuts; i++) {
                assertThat(hub.requests.take().getCursor(), is(i == 0 ? "" : "e-" + 3 * i));
            }
            assertThat(Events.number(client.cursor()), greaterThanOrEqualTo(3 * cuts - 1));
        }
    }

    @Test
    void losesAndRepeatsNoEventWhenTheConnectionIsCutAnywhere() throws Exception {
        int last = 15_000;
        try (TestHub hub = TestHub.start(TestHub.events(last, 60));
                CuttingProxy proxy = new CuttingProxy(hub.target(), 5_001, 997);
                GatewayClient client = start(GatewayOptions.of(proxy.target(), "edge-1"), WITHOUT_DELAY)) {
            recorder.expect(1, last);
            assertThat(proxy.cuts.get(), greaterThanOrEqualTo(50));
            assertThat(recorder.statuses.take().getCode(), is(Status.Code.UNAVAILABLE));
            client.close();
            assertThat(client.awaitEnd(), is(new End.Closed()));
            assertThat(recorder.unread(), is(0));
            assertThat(client.cursor(), is("e-" + last));
        }
    }

    @Test
    void reconnectsToARestartedHub() throws Exception {
        TestHub hub = TestHub.start(TestHub.events(3, 20));
        int port = hub.port();
        try (GatewayClient client = start(GatewayOptions.of(hub.target(), "edge-1"), Timing.system())) {
            for (int life = 1; life <= 10; life++) {
                recorder.expect(3 * life - 2, 3 * life);
                hub.close();
                hub = TestHub.start(port, TestHub.events(3 * life + 3, 20));
            }
            recorder.expect(31, 33);
            client.close();
            assertThat(client.awaitEnd(), is(new End.Closed()));
            assertThat(client.cursor(), is("e-33"));
        } finally {
            hub.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"0,INTERNAL", "2,INTERNAL", "7,UNAVAILABLE", "8,CANCELLED", "11,RESOURCE_EXHAUSTED"})
    void resumesAfterAReset(int code, Status.Code status) throws Exception {
        RawHub.Script script = (connection, call) -> {
            call.accept();
            if (connection == 0) {
                call.data(RawHub.messages(event(1)));
                assertThat(nextCursor(), is("e-1"));
                call.reset(code);
            } else {
                call.data(RawHub.messages(event(2)));
            }
            call.readUntilClosed(true);
        };
        try (RawHub hub = new RawHub(script);
                GatewayClient client = start(GatewayOptions.of(hub.target(), "edge-1"), WITHOUT_DELAY)) {
            assertThat(recorder.statuses.take().getCode(), is(status));
            recorder.expect(2, 2);
            assertThat(client.end().isDone(), is(false));
        }
    }

    @Test
    void resumesAfterAnEndWithoutStatus() throws Exception {
        RawHub.Script script = (connection, call) -> {
            call.accept();
            if (connection == 0) {
                call.data(RawHub.messages(event(1)));
                assertThat(nextCursor(), is("e-1"));
                call.end();
            }
            call.readUntilClosed(true);
        };
        try (RawHub hub = new RawHub(script);
                GatewayClient client = start(GatewayOptions.of(hub.target(), "edge-1"), WITHOUT_DELAY)) {
            assertThat(recorder.statuses.take().getCode(), is(Status.Code.UNKNOWN));
            assertThat(client.end().isDone(), is(false));
        }
    }

    @Test
    void deliversMessagesThatFollowAGracefulGoAwayFrame() throws Exception {
        RawHub.Script script = (connection, call) -> {
            call.accept();
            call.data(RawHub.messages(event(1)));
            call.goAway(Integer.MAX_VALUE, 0);
            call.goAway(1, 0);
            call.data(RawHub.messages(event(2), goAway(GoAway.Reason.DRAIN, 7)));
            call.readUntilClosed(true);
        };
        try (RawHub hub = new RawHub(script);
                GatewayClient client = start(GatewayOptions.of(hub.target(), "edge-1"), WITHOUT_DELAY)) {
            recorder.expect(1, 2);
            assertThat(recorder.delays.take(), is(Duration.ofSeconds(7)));
            assertThat(
                    recorder.statuses.take().getDescription(),
                    is("the hub asked the client to reconnect later: DRAIN"));
            assertThat(client.end().isDone(), is(false));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,2,HTTP/2 error 2", "0,0,without processing the request"})
    void deliversEventsThatArrivedBeforeAConnectionError(int lastStream, int error, String why) throws Exception {
        RawHub.Script script = (connection, call) -> {
            call.accept();
            call.data(RawHub.messages(event(connection + 1)));
            call.goAway(lastStream, error);
            call.readUntilClosed(true);
        };
        try (RawHub hub = new RawHub(script);
                GatewayClient client = start(GatewayOptions.of(hub.target(), "edge-1"), WITHOUT_DELAY)) {
            recorder.expect(1, 2);
            Status status = recorder.statuses.take();
            assertThat(status.getCode(), is(Status.Code.UNAVAILABLE));
            assertThat(status.getDescription(), containsString(why));
            assertThat(client.end().isDone(), is(false));
        }
    }

    @Test
    void reconnectsAfterAnyResponseOfAProxy() throws Exception {
        List<Integer> answers = List.of(200, 302, 400, 401, 403, 404, 405, 429, 500, 502, 503, 504);
        RawHub.Script script = (connection, call) -> {
            if (connection < answers.size()) {
                call.respondWithPage(answers.get(connection));
            } else {
                call.accept();
                call.data(RawHub.messages(event(1)));
            }
            call.readUntilClosed(true);
        };
        try (RawHub hub = new RawHub(script);
                GatewayClient client = start(GatewayOptions.of(hub.target(), "edge-1"), WITHOUT_DELAY)) {
            recorder.expect(1, 1);
            assertThat(recorder.statuses.size(), is(answers.size()));
            assertThat(
                    recorder.delays.stream().map(Duration::toMillis).limit(4).toList(),
                    contains(100L, 200L, 400L, 800L));
            assertThat(client.end().isDone(), is(false));
        }
    }

    @Test
    void reconnectsAfterAResponseThatIsNotHttp2() throws Exception {
        List<String> answers = List.of(
                "",
                "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<html>",
                "HTTP/1.0 502 Bad Gateway\r\n\r\n",
                "\u0015\u0003\u0003\u0000\u0002\u0002P",
                "SSH-2.0-OpenSSH_9.6\r\n");
        try (ServerSocket listener = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
                GatewayClient client = start(
                        GatewayOptions.of(new Target("127.0.0.1", listener.getLocalPort()), "edge-1"), WITHOUT_DELAY)) {
            List<String> descriptions = new ArrayList<>();
            for (String answer : answers) {
                try (Socket socket = listener.accept()) {
                    socket.getInputStream().readNBytes(24); // the preface
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    socket.shutdownOutput();
                    Status status = recorder.statuses.take();
                    assertThat(status.getCode(), is(Status.Code.UNAVAILABLE));
                    descriptions.add(String.valueOf(status.getDescription()));
                }
            }
            assertThat(descriptions.get(1), containsString("does not speak HTTP/2; it sent: HTTP/1.1 400 Bad Request"));
            assertThat(descriptions.get(2), containsString("HTTP/1.0 502 Bad Gateway"));
            assertThat(descriptions.get(3), containsString("the server speaks TLS"));
            assertThat(descriptions.get(4), containsString("SSH-2.0"));
            assertThat(client.end().isDone(), is(false));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = GoAway.Reason.class,
            names = {"SHUTDOWN", "DRAIN"})
    void endsTheStreamAfterHandlingGoAway(GoAway.Reason reason) throws Exception {
        TestHub.Script script = (request, stream) -> {
            stream.onNext(event(1));
            stream.onNext(goAway(reason, 3)); // then the hub waits
        };
        try (TestHub hub = TestHub.start(script);
                GatewayClient client = start(GatewayOptions.of(hub.target(), "edge-1"), WITHOUT_DELAY)) {
            assertThat(recorder.delays.take(), is(Duration.ofSeconds(3)));
            assertThat(hub.cancellations.take(), is(true));
            assertThat(hub.requests.take().getCursor(), is(""));
            assertThat(hub.requests.take().getCursor(), is("e-1"));
            assertThat(client.end().isDone(), is(false));
        }
    }

    @Test
    void waitsForTheStatusAfterGoAwayReplaced() throws Exception {
        TestHub.Script script = (request, stream) -> {
            stream.onNext(goAway(GoAway.Reason.REPLACED, 0));
            stream.onError(Status.ABORTED.withDescription("replaced").asException());
        };
        try (TestHub hub = TestHub.start(script);
                GatewayClient client = start(GatewayOptions.of(hub.target(), "edge-1"), WITHOUT_DELAY)) {
            assertThat(refusal(client).getDescription(), is("replaced"));
        }
    }

    @Test
    void reconnectsAfterUnauthenticatedOnlyIfTheTokenHasChanged(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        TestHub.Script script = (request, stream) -> {
            if (Files.readString(file).startsWith("first")) {
                Files.writeString(file, "second"); // the token is renewed during the call
            }
            stream.onError(Status.UNAUTHENTICATED.asException());
        };
        try (TestHub hub = TestHub.start(script);
                GatewayClient client = start(
                        GatewayOptions.of(hub.target(), "edge-1").withToken(new TokenFile(file)), WITHOUT_DELAY)) {
            assertThat(refusal(client).getCode(), is(Status.Code.UNAUTHENTICATED));
            assertThat(hub.tokens, contains("Bearer first", "Bearer second"));
        }
    }

    private static PushEvent goAway(GoAway.Reason reason, int seconds) {
        return PushEvent.newBuilder()
                .setNotice(Notice.newBuilder()
                        .setGoAway(GoAway.newBuilder()
                                .setReason(reason)
                                .setRetryAfter(com.google.protobuf.Duration.newBuilder()
                                        .setSeconds(seconds))))
                .build();
    }

    @Test
    void readsAStatusThatIsFollowedByTheEndOfTheConnection() throws Exception {
        try (RawHub hub = new RawHub((connection, call) -> {
                    call.accept();
                    call.data(RawHub.messages(event(1)));
                    call.trailers("10");
                });
                GatewayClient client = start(GatewayOptions.of(hub.target(), "edge-1"), WITHOUT_DELAY)) {
            assertThat(refusal(client).getCode(), is(Status.Code.ABORTED));
        }
    }

    @ParameterizedTest
    @CsvSource({"ABORTED", "INVALID_ARGUMENT", "UNAUTHENTICATED", "PERMISSION_DENIED", "OUT_OF_RANGE"})
    void doesNotReconnectAfterAFinalStatus(Status.Code code) throws Exception {
        Status status = code.toStatus().withDescription("no, ‘merci’: 100% final");
        TestHub.Script script = (request, stream) -> {
            stream.onNext(event(1));
            stream.onError(status.asException());
        };
        try (TestHub hub = TestHub.start(script);
                GatewayClient client = start(GatewayOptions.of(hub.target(), "edge-1"), WITHOUT_DELAY)) {
            Status refusal = refusal(client);
            assertThat(refusal.getCode(), is(code));
            assertThat(refusal.getDescription(), is(status.getDescription()));
            recorder.expect(1, 1);
            assertThat(hub.requests.size(), is(1));
            assertThat(recorder.delays.size(), is(0));
        }
    }

    @Test
    void keepsTryingUntilAHubListens() throws Exception {
        int port = freePort();
        AtomicInteger pauses = new AtomicInteger();
        List<TestHub> hubs = new ArrayList<>();
        Timing timing = new Timing(
                FixedRandom.HIGHEST,
                delay -> {
                    if (pauses.incrementAndGet() == 5) {
                        hubs.add(startOn(port));
                    }
                },
                () -> 0L);
        try (GatewayClient client = start(GatewayOptions.of(new Target("127.0.0.1", port), "edge-1"), timing)) {
            recorder.expect(1, 2);
            assertThat(pauses.get(), is(5));
            assertThat(recorder.statuses.take().getCode(), is(Status.Code.UNAVAILABLE));
            assertThat(client.end().isDone(), is(false));
        } finally {
            hubs.getFirst().close();
        }
    }

    @Test
    void failFastEndsTheClientIfNoHubListens() throws Exception {
        Target unused = new Target("127.0.0.1", freePort());
        try (GatewayClient client = start(GatewayOptions.of(unused, "edge-1").withFailFast(true), WITHOUT_DELAY)) {
            End end = client.awaitEnd();
            assertThat(end, instanceOf(End.NotConnected.class));
            Status status = ((End.NotConnected) end).status();
            assertThat(status.getCode(), is(Status.Code.UNAVAILABLE));
            assertThat(status.getDescription(), containsString(unused.toString()));
            assertThat(recorder.delays.size(), is(0));
        }
    }

    @Test
    void failFastEndsTheClientIfTheFirstCallIsRejected() throws Exception {
        Status stopped = Status.UNAVAILABLE.withDescription("push service stopped");
        try (TestHub hub = TestHub.start((request, stream) -> stream.onError(stopped.asException()));
                GatewayClient client =
                        start(GatewayOptions.of(hub.target(), "edge-1").withFailFast(true), WITHOUT_DELAY)) {
            End end = client.awaitEnd();
            assertThat(end, instanceOf(End.NotConnected.class));
            assertThat(((End.NotConnected) end).status().getDescription(), is("push service stopped"));
        }
    }

    @Test
    void failFastKeepsTryingAfterTheFirstConnection() throws Exception {
        TestHub hub = TestHub.start(TestHub.events(1, 20));
        GatewayOptions options = GatewayOptions.of(hub.target(), "edge-1").withFailFast(true);
        try (GatewayClient client = start(options, WITHOUT_DELAY)) {
            recorder.expect(1, 1);
            hub.close();
            for (int i = 0; i < 5; i++) {
                recorder.statuses.take();
            }
            assertThat(client.end().isDone(), is(false));
        } finally {
            hub.close();
        }
    }

    @Test
    void doublesTheDelayUntilAnEventIsDelivered() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        TestHub.Script script = (request, stream) -> {
            int call = calls.incrementAndGet();
            if (call == 6) {
                stream.onNext(event(1));
            }
            stream.onError(Status.UNAVAILABLE.asException());
        };
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(500));
        try (TestHub hub = TestHub.start(script);
                GatewayClient client =
                        start(GatewayOptions.of(hub.target(), "edge-1").withBackoff(backoff), WITHOUT_DELAY)) {
            List<Long> delays = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                delays.add(recorder.delays.take().toMillis());
            }
            assertThat(delays, contains(100L, 200L, 400L, 500L, 500L, 100L, 200L));
            assertThat(client.cursor(), is("e-1"));
        }
    }

    @Test
    void resetsTheBackoffAfterALongLivedConnection() throws Exception {
        AtomicLong now = new AtomicLong();
        AtomicInteger calls = new AtomicInteger();
        TestHub.Script script = (request, stream) -> {
            stream.onNext(PushEvent.newBuilder()
                    .setNotice(Notice.getDefaultInstance())
                    .build());
            if (calls.incrementAndGet() == 3) {
                now.addAndGet(Backoff.DEFAULT.cap().toNanos());
            }
            stream.onError(Status.UNAVAILABLE.asException());
        };
        Timing timing = new Timing(FixedRandom.HIGHEST, delay -> {}, now::get);
        try (TestHub hub = TestHub.start(script);
                GatewayClient client = start(GatewayOptions.of(hub.target(), "edge-1"), timing)) {
            List<Long> delays = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                delays.add(recorder.delays.take().toMillis());
            }
            assertThat(delays, contains(100L, 200L, 100L, 200L));
            assertThat(client.cursor(), is(""));
        }
    }

    @Test
    void waitsForTheRetryAfterOfTheHub() throws Exception {
        var goAway = GoAway.newBuilder()
                .setReason(GoAway.Reason.SHUTDOWN)
                .setRetryAfter(
                        com.google.protobuf.Duration.newBuilder().setSeconds(7).setNanos(5));
        TestHub.Script script = (request, stream) -> {
            stream.onNext(PushEvent.newBuilder()
                    .setNotice(Notice.newBuilder().setGoAway(goAway))
                    .build());
            stream.onError(Status.UNAVAILABLE.asException());
        };
        try (TestHub hub = TestHub.start(script);
                GatewayClient client = start(GatewayOptions.of(hub.target(), "edge-1"), WITHOUT_DELAY)) {
            assertThat(recorder.delays.take(), is(Duration.ofSeconds(7, 5)));
            assertThat(client.end().isDone(), is(false));
        }
    }

    @Test
    void requestsTheEarliestEventUntilItHasACursor() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        TestHub.Script script = (request, stream) -> {
            if (calls.incrementAndGet() == 2) {
                stream.onNext(event(4));
            }
            stream.onCompleted();
        };
        var subscription = GatewaySubscribeRequest.newBuilder()
                .setGatewayClientId("edge-1")
                .setStart(Start.START_EARLIEST)
                .setWantNotices(true)
                .build();
        try (TestHub hub = TestHub.start(script);
                GatewayClient client = start(GatewayOptions.of(hub.target(), subscription), WITHOUT_DELAY)) {
            assertThat(hub.requests.take(), is(subscription));
            assertThat(hub.requests.take(), is(subscription));
            assertThat(
                    hub.requests.take(),
                    is(GatewaySubscribeRequest.newBuilder()
                            .setGatewayClientId("edge-1")
                            .setWantNotices(true)
                            .setOnStale(StalePolicy.OLDEST_RETAINED)
                            .setCursor("e-4")
                            .build()));
            assertThat(client.cursor(), is("e-4"));
        }
    }

    @Test
    void reconnectsIfThePeerDoesNotAcknowledgePings() throws Exception {
        RawHub.Script script = (connection, call) -> {
            call.accept();
            call.data(RawHub.messages(event(connection + 1)));
            call.readUntilClosed(false);
        };
        try (RawHub hub = new RawHub(script);
                GatewayClient client = start(
                        GatewayOptions.of(hub.target(), "edge-1").withKeepAlive(Duration.ofMillis(200)),
                        WITHOUT_DELAY)) {
            recorder.expect(1, 2);
            assertThat(recorder.statuses.take().getCode(), is(Status.Code.UNAVAILABLE));
            assertThat(hub.pings.take(), is(false));
            assertThat(client.end().isDone(), is(false));
        }
    }

    @Test
    void keepsAnIdleStreamWhosePeerAcknowledgesPings() throws Exception {
        RawHub.Script script = (connection, call) -> {
            call.accept();
            call.acknowledgePings(5);
            call.data(RawHub.messages(event(1)));
            call.readUntilClosed(true);
        };
        try (RawHub hub = new RawHub(script);
                GatewayClient client = start(
                        GatewayOptions.of(hub.target(), "edge-1").withKeepAlive(Duration.ofMillis(200)),
                        WITHOUT_DELAY)) {
            recorder.expect(1, 1);
            assertThat(recorder.statuses.size(), is(0));
            assertThat(recorder.connections.size(), is(1));
            assertThat(client.end().isDone(), is(false));
        }
    }

    private GatewayClient start(GatewayOptions options, Timing timing) {
        return GatewayClient.start(options, recorder, recorder, timing);
    }

    /** Waits for one event, in the script of a hub. */
    private String nextCursor() {
        try {
            return recorder.next(1).getFirst();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static TestHub startOn(int port) {
        try {
            return TestHub.start(port, TestHub.events(2, 20));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Status refusal(GatewayClient client) throws Exception {
        End end = client.end().get(Recorder.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(end, instanceOf(End.Refused.class));
        return ((End.Refused) end).status();
    }

    private static int freePort() throws IOException {
        // Not a port that the kernel uses for outgoing connections: the client could connect to itself.
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (BindException e) {
                // The port is in use.
            }
        }
    }
}
