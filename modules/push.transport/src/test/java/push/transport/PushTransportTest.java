package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static testing.ForeignGateway.request;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.engine.HubConfig;
import push.protocol.v1.PushEvent;
import push.protocol.v1.Start;
import push.transport.gate.ManualRuntime;
import testing.Await;
import testing.CuttingProxy;
import testing.ForeignGateway;

class PushTransportTest {

    private static final UUID USER = UUID.fromString("3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11");

    private final TestHub server = new TestHub(HubConfig.defaults(), Duration.ofSeconds(30));

    @AfterEach
    void stop() {
        server.close();
    }

    private void invalidate(String reason) {
        server.hub.publisher().invalidate(USER, null, reason, "");
    }

    @Test
    void eventArrivesWithItsCursor() throws Exception {
        var gateway = new ForeignGateway(server.channel(), request("g", ""))
                .subscribed()
                .reading(1);
        invalidate("stolen");
        PushEvent event = gateway.next();
        assertThat(event.getCursor(), is(server.hub.status().head().toString()));
        assertThat(event.getSessionInvalidation().getUserId(), is(USER.toString()));
        assertThat(event.getSessionInvalidation().getReason(), is("stolen"));
    }

    @Test
    void anInvalidationHasTheTimeOfTheRevocation() throws Exception {
        var gateway = new ForeignGateway(server.channel(), request("g", ""))
                .subscribed()
                .reading(2);
        Instant before = Instant.ofEpochSecond(1_700_000_000, 123_456_000);
        server.hub.publisher().invalidate(USER, null, "", before, "", "", null);
        Timestamp told = gateway.next().getSessionInvalidation().getRevokedAt();
        assertThat(Instant.ofEpochSecond(told.getSeconds(), told.getNanos()), is(before));
        invalidate("now");
        PushEvent now = gateway.next();
        assertThat(now.getSessionInvalidation().getRevokedAt(), is(now.getPublishedAt()));
    }

    @Test
    void blankIdIsInvalid() throws Exception {
        Status status = new ForeignGateway(server.channel(), request(" ", "")).status();
        assertThat(status.getCode(), is(Status.Code.INVALID_ARGUMENT));
        assertThat(status.getDescription(), containsString("gateway_client_id"));
    }

    @Test
    void anIdOfAMegabyteIsInvalid() throws Exception {
        Status status = new ForeignGateway(server.channel(), request("x".repeat(1 << 20), "")).status();
        assertThat(status.getCode(), is(Status.Code.INVALID_ARGUMENT));
        assertThat(status.getDescription(), containsString("gateway_client_id"));
    }

    @Test
    void aRequestOfThreeMegabytesIsAnswered() throws Exception {
        Status status = new ForeignGateway(server.channel(), request("x".repeat(3 << 20), "")).status();
        assertThat(status.getCode(), is(Status.Code.RESOURCE_EXHAUSTED));
    }

    @Test
    void aNewSubscriptionReplacesTheOlderOneOfTheSameId() throws Exception {
        var older = new ForeignGateway(server.channel(), request("g", ""))
                .subscribed()
                .reading(1);
        var newer = new ForeignGateway(server.channel(), request("g", ""))
                .subscribed()
                .reading(1);
        assertThat(older.status().getCode(), is(Status.Code.ABORTED));
        assertThat(older.status().getDescription(), containsString("replaced"));
        invalidate("");
        assertThat(newer.next().getCursor(), is(server.hub.status().head().toString()));
        assertThat(server.hub.status().subscribers(), is(1));
    }

    @Test
    void closeEndsEveryStreamAndRefusesNewOnes() throws Exception {
        var gateway = new ForeignGateway(server.channel(), request("g", ""))
                .subscribed()
                .reading(1);
        server.hub.close();
        assertThat(gateway.status().getCode(), is(Status.Code.UNAVAILABLE));
        assertThat(gateway.status().getDescription(), is("push service stopped"));
        Status refused = new ForeignGateway(server.channel(), request("late", "")).status();
        assertThat(refused.getCode(), is(Status.Code.UNAVAILABLE));
        assertThat(refused.getDescription(), is("push service stopped"));
    }

    @Test
    void cancelFreesTheSubscription() throws Exception {
        var gateway = new ForeignGateway(server.channel(), request("g", "")).subscribed();
        gateway.cancel();
        awaitNoSubscriber(Duration.ofSeconds(5));
    }

    @Test
    void manyCancelledStreamsDoNotAffectOthersOnTheConnection() throws Exception {
        var channel = server.channel();
        var lasting =
                new ForeignGateway(channel, request("lasting", "")).subscribed().reading(1);
        for (int i = 0; i < 100; i++) {
            new ForeignGateway(channel, request("g" + i, "")).subscribed().cancel();
        }
        Await.until(
                "the other streams are gone",
                Duration.ofSeconds(20),
                () -> server.hub.status().subscribers() == 1);
        invalidate("stolen");
        assertThat(lasting.next().getSessionInvalidation().getReason(), is("stolen"));
    }

    @Test
    void aVanishedPeerFreesTheSubscriptionWithinASecond() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(server.port())) {
            var channel = ForeignGateway.connect(proxy.port());
            new ForeignGateway(channel, request("g", "")).subscribed();
            assertThat(server.hub.status().subscribers(), is(1));
            proxy.cut();
            awaitNoSubscriber(Duration.ofSeconds(1));
            channel.shutdownNow();
        }
    }

    @Test
    void aReplacedStreamEndsEvenIfItsReaderReadsNothing() throws Exception {
        var stuck = new ForeignGateway(server.channel(), request("g", "")).subscribed();
        fillWindow(server);
        new ForeignGateway(server.channel(), request("g", "")).subscribed();
        assertThat(stuck.reading(Integer.MAX_VALUE).status().getCode(), is(Status.Code.ABORTED));
    }

    @Test
    void aReaderThatReadsNothingIsEndedAsStalledButAnIdleOneIsNot() throws Exception {
        ManualRuntime runtime = new ManualRuntime();
        StreamLimits limits = new StreamLimits(Duration.ofMinutes(2), Duration.ofDays(1));
        try (TestHub impatient = new TestHub(limits, runtime)) {
            fillWindow(impatient);
            var idle = new ForeignGateway(impatient.channel(), request("idle", ""))
                    .subscribed()
                    .reading(1);
            var everything = request("stuck", "").toBuilder()
                    .setStart(Start.START_EARLIEST)
                    .build();
            var stuck = new ForeignGateway(impatient.channel(), everything).subscribed();
            runtime.advance(Duration.ofMinutes(2));
            assertThat("not too early", impatient.hub.status().subscribers(), is(2));
            Await.until("the stalled stream is ended", Duration.ofSeconds(20), () -> {
                runtime.advance(Duration.ofSeconds(1)); // a small step, so that the hub has time to write the trailers
                return impatient.hub.status().subscribers() == 1;
            });
            Status status = stuck.readingAll().status();
            assertThat(status.getCode(), is(Status.Code.UNAVAILABLE));
            assertThat(status.getDescription(), containsString("stalled"));

            impatient.hub.publisher().invalidate(USER, null, "", "");
            assertThat(idle.next().getCursor(), is(impatient.hub.status().head().toString()));
        }
    }

    /** Publishes more than all windows and socket buffers in between can hold. */
    private static void fillWindow(TestHub server) {
        String reason = "x".repeat(100_000);
        for (int i = 0; i < 100; i++) {
            server.hub.publisher().invalidate(USER, null, reason, "");
        }
    }

    private void awaitNoSubscriber(Duration atMost) throws Exception {
        Await.until("no subscriber is left", atMost, () -> server.hub.status().subscribers() == 0);
    }
}
