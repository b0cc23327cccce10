package conformance.hostile;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.Interest;
import testing.ForeignGateway;

/** Gateways with large interests cannot fill the heap: together they hold no more than their budget. */
class InterestsTest {

    private static final int GATEWAYS = 150;
    private static final int USERS = 50_000;

    private static GatewaySubscribeRequest request(int gateway) {
        Interest.Builder interest = Interest.newBuilder();
        for (int i = 0; i < USERS; i++) {
            interest.addUserIds(new UUID(gateway, i).toString());
        }
        return ForeignGateway.request("interested-" + gateway, "").toBuilder()
                .setWantNotices(true)
                .setInterest(interest)
                .build();
    }

    @Test
    void interestsAreBoundedInBytes() throws Exception {
        try (Siege siege = new Siege("push: {}")) {
            ManagedChannel channel = ForeignGateway.connect(siege.port());
            int subscribed = 0;
            List<Status> otherEnds = new ArrayList<>();
            int refused = 0;
            for (int i = 0; i < GATEWAYS; i++) {
                ForeignGateway gateway = new ForeignGateway(channel, request(i)).readingAll();
                if (gateway.nextOrEnd().isPresent()) { // a notice means that the stream is open
                    subscribed++;
                } else if (gateway.status().getCode() == Status.Code.RESOURCE_EXHAUSTED) {
                    refused++;
                } else {
                    otherEnds.add(gateway.status());
                }
            }
            String all = subscribed + " subscribed, " + refused + " refused, others: " + otherEnds;
            assertThat(all, otherEnds, is(empty()));
            assertThat(all, subscribed, is(greaterThan(0)));
            assertThat(all, refused, is(greaterThan(0)));
            channel.shutdownNow();
            siege.hub().awaitSubscribers(1); // the witness
            siege.survived(all);
        }
    }
}
