package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import push.engine.HubConfig;
import push.engine.RetentionConfig;
import testing.Await;
import testing.ForeignGateway;

/** No peer can take all subscriptions with one connection. */
class OneConnectionTest {

    private static HubConfig with(int subscriberMax) {
        HubConfig defaults = HubConfig.defaults();
        return new HubConfig(
                RetentionConfig.defaults(),
                defaults.subscriberBuffer(),
                defaults.subscriberInFlight(),
                subscriberMax,
                defaults.heartbeat(),
                defaults.drainGrace(),
                defaults.lostTimeout(),
                defaults.node());
    }

    private static ForeignGateway gateway(ManagedChannel channel, String id) {
        return new ForeignGateway(channel, ForeignGateway.request(id, ""));
    }

    @Test
    void oneConnectionHoldsAnEighthOfAllSubscriptions() throws Exception {
        try (TestHub server = new TestHub(with(16), Duration.ofMinutes(1))) {
            ManagedChannel one = server.channel();
            ForeignGateway first = gateway(one, "first").subscribed();
            gateway(one, "second").subscribed();
            Status refused = gateway(one, "third").status();
            assertThat(refused.getCode(), is(Status.Code.RESOURCE_EXHAUSTED));
            assertThat(refused.getDescription(), containsString("2, an eighth of push.subscriber.max"));
            gateway(server.channel(), "third").subscribed();
            first.cancel();
            Await.until("the first one has left", Duration.ofSeconds(30), () -> server.calls() == 2);
            gateway(one, "next").subscribed();
        }
    }
}
