package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static push.gateway.Events.event;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the client detects a hub that has failed without closing its connections. */
@Timeout(60)
@SuppressWarnings("try") // some tests close the client, and the try statement closes it again
class KeepAliveTest {

    private final Recorder recorder = new Recorder();

    @Test
    void reconnectsIfThePeerDoesNotAcknowledgePings() throws Exception {
        RawHub.Script script = (connection, call) -> {
            call.accept();
            call.data(RawHub.messages(event(connection + 1)));
            call.readUntilClosed(false);
        };
        try (RawHub hub = new RawHub(script);
                GatewayClient client = recorder.start(
                        GatewayOptions.of(hub.target(), "edge-1").withKeepAlive(Duration.ofMillis(200)),
                        TestTiming.WITHOUT_DELAY)) {
            recorder.expect(1, 2);
            assertThat(recorder.statuses.take().getCode(), is(Status.Code.UNAVAILABLE));
            assertThat(hub.pings.take(), is(false));
            assertThat(client.end().isDone(), is(false));
        }
    }

    @Test
    void resumesAtAnotherTargetIfThePeerDoesNotAcknowledgePings() throws Exception {
        RawHub.Script script = (connection, call) -> {
            call.accept();
            call.data(RawHub.messages(event(1)));
            call.readUntilClosed(false);
        };
        try (RawHub silent = new RawHub(script);
                RawHub other = new RawHub(script);
                GatewayClient client = recorder.start(
                        GatewayOptions.of(silent.target(), "edge-1")
                                .withTargets(List.of(silent.target(), other.target()))
                                .withKeepAlive(Duration.ofMillis(200)),
                        TestTiming.WITHOUT_DELAY)) {
            assertThat(recorder.delays.take(), is(Duration.ZERO));
            assertThat(silent.pings.take(), is(false));
            assertThat(other.pings.take(), is(false));
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
                GatewayClient client = recorder.start(
                        GatewayOptions.of(hub.target(), "edge-1").withKeepAlive(Duration.ofMillis(200)),
                        TestTiming.WITHOUT_DELAY)) {
            recorder.expect(1, 1);
            assertThat(recorder.statuses.size(), is(0));
            assertThat(recorder.connections.size(), is(1));
            assertThat(client.end().isDone(), is(false));
        }
    }
}
