package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.api.ClientEvent;
import push.api.Outcome;
import push.api.Payload;
import push.engine.HubConfig;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.GoAway;
import testing.Await;
import testing.Fault;
import testing.ForeignGateway;
import testing.UnreliableProxy;

/** How a hub drains its gateways, over real connections. */
class DrainTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private static final HealthCheckRequest SERVICE =
            HealthCheckRequest.newBuilder().setService("push.v1.Push").build();

    private final TestHub server = new TestHub(HubConfig.defaults(), Duration.ofMinutes(1));

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.shutdownNow();
        server.close();
    }

    private ForeignGateway subscribe(ManagedChannel channel) throws Exception {
        return new ForeignGateway(
                        channel,
                        GatewaySubscribeRequest.newBuilder()
                                .setGatewayClientId("g")
                                .setWantNotices(true)
                                .build())
                .subscribed();
    }

    private String publish() {
        ClientEvent event = new ClientEvent(new UUID(1, 1), null, "k", Payload.of(Map.of()), "", "", "");
        return ((Outcome.Published) server.hub.publisher().publish(event)).cursor();
    }

    @Test
    void aGatewayGetsTheRestThenGoAwayThenTrailersAndLeavesItsConnection() throws Exception {
        ManagedChannel channel = server.channel();
        ForeignGateway gateway = subscribe(channel).readingAll();
        String cursor = publish();
        threads.submit(server::stopGently).get(LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(gateway.next().getNotice().hasOpened(), is(true));
        assertThat(gateway.next().getCursor(), is(cursor));
        assertThat(gateway.next().getNotice().getGoAway().getReason(), is(GoAway.Reason.SHUTDOWN));
        assertThat(gateway.status().getCode(), is(Status.Code.UNAVAILABLE));
        assertThat(gateway.status().getDescription(), is("push service stopped"));
        // The server has not stopped, so only the HTTP/2 GOAWAY makes the channel leave the open connection.
        Await.until(
                "the gateway has left its connection", LONG, () -> channel.getState(false) == ConnectivityState.IDLE);
    }

    @Test
    void aStreamStaysOpenAfterGoAwayUntilItsGatewayEndsIt() throws Exception {
        try (TestHub patient = new TestHub(HubConfig.defaults().withDrainGrace(LONG), Duration.ofMinutes(1))) {
            ForeignGateway gateway = subscribe(patient.channel()).readingAll();
            Future<?> stopped = threads.submit(patient::stopGently);
            assertThat(gateway.next().getNotice().hasOpened(), is(true));
            assertThat(gateway.next().getNotice().getGoAway().getReason(), is(GoAway.Reason.SHUTDOWN));
            assertThat("open", patient.hub.status().subscribers(), is(1));
            assertThat("open", patient.ends.statuses().isEmpty(), is(true));
            gateway.cancel();
            stopped.get(LONG.toSeconds(), TimeUnit.SECONDS);
            patient.awaitEnds("CANCELLED"); // not UNAVAILABLE, the status at the end of the grace
        }
    }

    @Test
    void aGatewayWithoutNoticesGetsItsTrailersAtOnce() throws Exception {
        try (TestHub patient = new TestHub(HubConfig.defaults().withDrainGrace(LONG), Duration.ofMinutes(1))) {
            GatewaySubscribeRequest plain =
                    GatewaySubscribeRequest.newBuilder().setGatewayClientId("g").build();
            ForeignGateway gateway =
                    new ForeignGateway(patient.channel(), plain).subscribed().readingAll();
            Future<?> stopped = threads.submit(patient::stopGently);
            assertThat(gateway.status().getDescription(), is("push service stopped"));
            stopped.get(LONG.toSeconds(), TimeUnit.SECONDS);
            patient.awaitEnds("UNAVAILABLE");
        }
    }

    @Test
    void aConnectionStaysOpenUntilItsGatewayHasReadEverything() throws Exception {
        BlockingQueue<Fault> faults = new LinkedBlockingQueue<>();
        try (UnreliableProxy proxy = new UnreliableProxy(server.port(), () -> take(faults))) {
            ManagedChannel channel = ForeignGateway.connect(proxy.port());
            ForeignGateway gateway = subscribe(channel).readingAll();
            assertThat(gateway.next().getNotice().hasOpened(), is(true));
            faults.add(new Fault(Fault.Kind.STALL, Duration.ZERO, Duration.ofHours(1)));
            Await.until("the proxy stalls", LONG, () -> proxy.count(Fault.Kind.STALL) == 1);
            String cursor = publish();
            Future<?> stopped = threads.submit(server::stopGently);
            Await.until(
                    "everything is written", LONG, () -> server.hub.status().subscribers() == 0 && server.calls() == 0);
            assertThat(stopped.isDone(), is(false));
            proxy.calm();
            assertThat(gateway.next().getCursor(), is(cursor));
            assertThat(gateway.next().getNotice().getGoAway().getReason(), is(GoAway.Reason.SHUTDOWN));
            assertThat(gateway.status().getDescription(), is("push service stopped"));
            stopped.get(LONG.toSeconds(), TimeUnit.SECONDS);
            channel.shutdownNow();
        }
    }

    private static Fault take(BlockingQueue<Fault> faults) {
        try {
            return faults.take();
        } catch (InterruptedException e) {
            throw new AssertionError("a proxy is never interrupted", e);
        }
    }

    @Test
    void healthIsNotServingWhileReadersContinue() throws Exception {
        ForeignGateway gateway = subscribe(server.channel()).reading(1);
        server.retire();
        assertThat(health(), is(ServingStatus.NOT_SERVING));
        String cursor = publish();
        assertThat(gateway.next().getNotice().hasOpened(), is(true));
        assertThat(gateway.reading(1).next().getCursor(), is(cursor));
    }

    /** A watch has sent its whole request, and must be served until it ends. */
    @Test
    void aHealthWatchIsInformedOfTheDrain() {
        Iterator<HealthCheckResponse> watch = HealthGrpc.newBlockingStub(server.channel())
                .withDeadlineAfter(LONG.toSeconds(), TimeUnit.SECONDS)
                .watch(SERVICE);
        assertThat(watch.next().getStatus(), is(ServingStatus.SERVING));
        server.retire();
        assertThat(watch.next().getStatus(), is(ServingStatus.NOT_SERVING));
    }

    @Test
    void aConnectionAfterTheEndOfTheStreamsIsAnswered() throws Exception {
        server.stopGently();
        assertThat(health(), is(ServingStatus.NOT_SERVING));
    }

    private ServingStatus health() {
        return HealthGrpc.newBlockingStub(server.channel())
                .withDeadlineAfter(LONG.toSeconds(), TimeUnit.SECONDS)
                .check(SERVICE)
                .getStatus();
    }
}
