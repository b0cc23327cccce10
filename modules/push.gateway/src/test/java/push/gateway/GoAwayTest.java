package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static push.gateway.Events.event;

import io.grpc.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import push.protocol.v1.GoAway;
import push.protocol.v1.Notice;
import push.protocol.v1.PushEvent;

/** How the client handles the notice {@code GoAway} and the HTTP/2 frame {@code GOAWAY}. */
@Timeout(60)
@SuppressWarnings("try") // some tests close the client, and the try statement closes it again
class GoAwayTest {

    private final Recorder recorder = new Recorder();

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
                GatewayClient client =
                        recorder.start(GatewayOptions.of(hub.target(), "edge-1"), TestTiming.WITHOUT_DELAY)) {
            assertThat(recorder.delays.take(), is(Duration.ofSeconds(3)));
            assertThat(hub.cancellations.take(), is(true));
            assertThat(hub.requests.take().getCursor(), is(""));
            assertThat(hub.requests.take().getCursor(), is("e-1"));
            assertThat(client.end().isDone(), is(false));
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
                GatewayClient client =
                        recorder.start(GatewayOptions.of(hub.target(), "edge-1"), TestTiming.WITHOUT_DELAY)) {
            assertThat(recorder.delays.take(), is(Duration.ofSeconds(7, 5)));
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
                GatewayClient client =
                        recorder.start(GatewayOptions.of(hub.target(), "edge-1"), TestTiming.WITHOUT_DELAY)) {
            assertThat(Ends.refusal(client).getDescription(), is("replaced"));
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
                GatewayClient client =
                        recorder.start(GatewayOptions.of(hub.target(), "edge-1"), TestTiming.WITHOUT_DELAY)) {
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
                GatewayClient client =
                        recorder.start(GatewayOptions.of(hub.target(), "edge-1"), TestTiming.WITHOUT_DELAY)) {
            recorder.expect(1, 2);
            Status status = recorder.statuses.take();
            assertThat(status.getCode(), is(Status.Code.UNAVAILABLE));
            assertThat(status.getDescription(), containsString(why));
            assertThat(client.end().isDone(), is(false));
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
}
