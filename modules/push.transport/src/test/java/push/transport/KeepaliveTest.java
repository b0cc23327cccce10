package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.helidon.webserver.WebServerConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.engine.HubConfig;
import push.protocol.v1.Start;
import push.transport.gate.ManualRuntime;
import push.transport.gate.RawFrame;
import testing.Await;
import testing.LiveThreads;

/** The hub disconnects a silent peer after it has not answered a ping, and not before. */
class KeepaliveTest {

    private static final UUID USER = new UUID(1, 1);
    private static final String WATCH = "io.grpc.protobuf.services.HealthServiceImpl.watch";
    private static final int WIDE = 1 << 30;
    private static final Duration KEEPALIVE = Duration.ofSeconds(6);
    private static final Duration A_LITTLE = Duration.ofMillis(500);

    private final ManualRuntime runtime = new ManualRuntime();
    private final TestHub server = new TestHub(new StreamLimits(Duration.ofHours(1), KEEPALIVE), runtime);

    @AfterEach
    void stop() {
        server.close();
    }

    /** Advances the clock until there is no connection. The hub may read the last frames of a peer late. */
    private void awaitCut() throws Exception {
        Await.until("the connection is cut", Duration.ofSeconds(10), () -> {
            runtime.advance(A_LITTLE);
            return server.connections() == 0;
        });
        server.awaitNothingLeft();
    }

    @Test
    void aSilentPeerIsDisconnected() throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.subscribed("g");
            runtime.advance(KEEPALIVE.minus(A_LITTLE));
            assertThat("not too early", server.hub.status().subscribers(), is(1));
            awaitCut();
            gateway.readToEnd(); // the connection ends
        }
    }

    /** A gateway that reads nothing, so that the hub waits for room on its connection. */
    private static RawGateway gatewayThatReadsNothing(TestHub server) throws Exception {
        for (int i = 0; i < 16; i++) {
            server.hub.publisher().invalidate(USER, null, "x".repeat(1 << 20), "");
        }
        RawGateway gateway = new RawGateway(server.port(), RawGateway.INITIAL_WINDOW_SIZE, WIDE);
        var everything = RawGateway.request("g").toBuilder()
                .setStart(Start.START_EARLIEST)
                .build();
        gateway.grant(0, WIDE).subscribe(1, everything).awaitFull();
        return gateway;
    }

    @Test
    void aSilentPeerWithABlockedStreamIsDisconnected() throws Exception {
        try (RawGateway _ = gatewayThatReadsNothing(server)) {
            awaitCut();
        }
    }

    @Test
    void aPeerThatReadsNothingIsDisconnectedWhateverItSends() throws Exception {
        StreamLimits limits = new StreamLimits(Duration.ofMinutes(1), Duration.ofMillis(600));
        try (TestHub hasty = new TestHub(HubConfig.defaults(), limits, _ -> {});
                RawGateway gateway = gatewayThatReadsNothing(hasty)) {
            Await.until("the connection is cut", Duration.ofSeconds(10), () -> {
                try {
                    gateway.grant(0, 1);
                } catch (IOException e) {
                    return true;
                }
                return hasty.connections() == 0;
            });
            Await.until("the connection is removed", Duration.ofSeconds(10), () -> hasty.connections() == 0);
            hasty.awaitNothingLeft();
        }
    }

    /** The health service has a single lock, which it holds while it writes. */
    @Test
    void aHealthWatcherThatReadsNothingDelaysNoOther() throws Exception {
        try (TestHub patient = new TestHub(HubConfig.defaults(), StreamLimits.defaults(), _ -> {});
                RawGateway gateway = gatewayThatReadsNothing(patient)) {
            gateway.watchHealth(3);
            Await.until("the watch is written to", Duration.ofSeconds(10), () -> LiveThreads.areIn(WATCH));
            assertTimeoutPreemptively(Duration.ofSeconds(30), patient::retire);
        }
    }

    @Test
    void aSilentPeerWithAnUnfinishedRequestIsDisconnected() throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.call(1);
            Await.until("the call has arrived", Duration.ofSeconds(5), () -> server.calls() == 1);
            awaitCut();
        }
    }

    @Test
    void aPeerThatAnswersStaysConnected() throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.subscribed("g");
            for (int asked = 0; asked < 8; asked++) {
                runtime.advance(KEEPALIVE.dividedBy(2));
                RawFrame ping = gateway.readUntil(RawFrame.PING); // and acknowledges it
                assertThat(ping.has(RawFrame.ACK), is(false));
                gateway.ping();
                assertThat("the hub answers", gateway.readUntil(RawFrame.PING).has(RawFrame.ACK), is(true));
            }
            assertThat(server.hub.status().subscribers(), is(1));
        }
    }

    @Test
    void aConnectionWithAStreamIsNotIdle() throws Exception {
        try (TestHub hasty = new TestHub(HubConfig.defaults(), StreamLimits.defaults(), KeepaliveTest::cutsIdle);
                RawGateway gateway = new RawGateway(hasty.port()).subscribed("g")) {
            for (int i = 0; i < 3; i++) {
                try (RawGateway idle = new RawGateway(hasty.port())) {
                    idle.readToEnd(); // the idle connection is closed
                }
            }
            hasty.hub.publisher().invalidate(USER, null, "still there", "");
            gateway.readUntil(RawFrame.DATA);
            assertThat(gateway.answer(1).whole(), is(1));
        }
    }

    private static void cutsIdle(WebServerConfig.Builder settings) {
        settings.idleConnectionTimeout(Duration.ofMillis(100)).idleConnectionPeriod(Duration.ofMillis(20));
    }
}
