package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import testing.Await;
import testing.CuttingProxy;
import testing.ForeignGateway;

/** Promises 6 and 7: replacement, and the close. And what becomes of a gateway that vanishes. */
class LifecycleTest {

    private static final String USER = UUID.randomUUID().toString();

    @Test
    void newerSubscriptionOfAnIdEndsTheOlder() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            ForeignGateway older = hub.subscribe("g", "").reading(1);
            ForeignGateway newer = hub.subscribe("g", "").reading(1);
            assertThat(older.status().getCode(), is(Status.Code.ABORTED));
            assertThat(older.status().getDescription(), containsString("replaced"));
            String cursor = hub.api().notify(USER, "mail", "{}");
            assertThat(newer.next().getCursor(), is(cursor));
            assertThat(hub.api().metric("grpc_push_subscribers"), is(1.0));
            assertThat(hub.err(), containsString("push subscription replaced; gateway_client_id=g"));
        }
    }

    @Test
    void sigtermEndsStreamsWithAWordAndTheProcessThen() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            ForeignGateway waiting = hub.subscribe("waiting", "").reading(1);
            ForeignGateway stuck = hub.subscribe("stuck", "");
            for (int i = 0; i < 20; i++) {
                hub.api().notify(USER, "flood", "{\"filler\":\"" + "x".repeat(200_000) + "\"}");
            }
            waiting.readingAll();
            int exit = hub.terminate();
            assertThat(waiting.status().getCode(), is(Status.Code.UNAVAILABLE));
            assertThat(waiting.status().getDescription(), is("push service stopped"));
            assertThat(stuck.readingAll().status().getCode(), is(Status.Code.UNAVAILABLE));
            assertThat("128 + SIGTERM", exit, is(143));
        }
    }

    @Test
    void vanishedGatewayIsForgotten() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}");
                CuttingProxy proxy = new CuttingProxy(hub.port())) {
            ManagedChannel channel = ForeignGateway.connect(proxy.port());
            new ForeignGateway(channel, ForeignGateway.request("g", "")).subscribed();
            assertThat(hub.api().metric("grpc_push_subscribers"), is(1.0));
            proxy.cut();
            Await.until(
                    "no subscriber is left",
                    Duration.ofSeconds(10),
                    () -> hub.api().metric("grpc_push_subscribers") == 0);
            channel.shutdownNow();
        }
    }

    @Test
    void capOnSubscriptionsHolds() throws Exception {
        try (HubProcess hub = HubProcess.start("push: { subscriber: { max: 1 } }")) {
            hub.subscribe("first", "");
            Status refused = new ForeignGateway(hub.channel(), ForeignGateway.request("second", "")).status();
            assertThat(refused.getCode(), is(Status.Code.RESOURCE_EXHAUSTED));
        }
    }
}
