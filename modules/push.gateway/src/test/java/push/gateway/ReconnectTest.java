package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static push.gateway.Events.event;

import io.grpc.Status;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.StalePolicy;
import push.protocol.v1.Start;

/** After which ends the client reconnects, and from which cursor it resumes. */
@Timeout(60)
@SuppressWarnings("try") // some tests close the client, and the try statement closes it again
class ReconnectTest {

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
                GatewayClient client =
                        recorder.start(GatewayOptions.of(hub.target(), "edge-1"), TestTiming.WITHOUT_DELAY)) {
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
                GatewayClient client =
                        recorder.start(GatewayOptions.of(proxy.target(), "edge-1"), TestTiming.WITHOUT_DELAY)) {
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
        try (GatewayClient client = recorder.start(GatewayOptions.of(hub.target(), "edge-1"), Timing.system())) {
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
                GatewayClient client =
                        recorder.start(GatewayOptions.of(hub.target(), "edge-1"), TestTiming.WITHOUT_DELAY)) {
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
                GatewayClient client =
                        recorder.start(GatewayOptions.of(hub.target(), "edge-1"), TestTiming.WITHOUT_DELAY)) {
            assertThat(recorder.statuses.take().getCode(), is(Status.Code.UNKNOWN));
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
                GatewayClient client =
                        recorder.start(GatewayOptions.of(hub.target(), "edge-1"), TestTiming.WITHOUT_DELAY)) {
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
                GatewayClient client = recorder.start(
                        GatewayOptions.of(new Target("127.0.0.1", listener.getLocalPort()), "edge-1"),
                        TestTiming.WITHOUT_DELAY)) {
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
                GatewayClient client =
                        recorder.start(GatewayOptions.of(hub.target(), subscription), TestTiming.WITHOUT_DELAY)) {
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

    /** Waits for one event, in the script of a hub. */
    private String nextCursor() {
        try {
            return recorder.next(1).getFirst();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
