package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static testing.ForeignGateway.request;

import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import org.junit.jupiter.api.Test;
import push.engine.SubscriptionStatus;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.GoAway;
import testing.ForeignGateway;

/** Gateways leave an exhausted connection for another one. */
class ExhaustedConnectionTest {

    private static final int MAX_FRAMES = 3;

    @Test
    void aGatewayMovesToAnotherConnection() throws Exception {
        try (TestHub server = new TestHub(MAX_FRAMES)) {
            var channel = server.channel();
            GatewaySubscribeRequest wanting =
                    request("g", "").toBuilder().setWantNotices(true).build();
            var first = new ForeignGateway(channel, wanting).readingAll();
            assertThat(first.next().getNotice().hasOpened(), is(true));
            String before = peer(server);
            for (int i = 0; i < MAX_FRAMES; i++) {
                HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
            }
            assertThat(first.next().getNotice().getGoAway().getReason(), is(GoAway.Reason.DRAIN));
            assertThat(first.status().getCode(), is(Status.Code.UNAVAILABLE));

            var second = new ForeignGateway(channel, wanting).readingAll();
            assertThat(second.next().getNotice().hasOpened(), is(true));
            assertThat(peer(server), is(not(before)));
        }
    }

    private static String peer(TestHub server) {
        return server.hub.subscriptions().stream()
                .map(SubscriptionStatus::peer)
                .findFirst()
                .orElseThrow();
    }
}
