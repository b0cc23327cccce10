package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.Interest;
import push.protocol.v1.PushEvent;
import testing.ForeignGateway;

/** A gateway gets exactly the events within its interest; other events are neither a gap nor a drop. */
class InterestTest {

    private static final int EVENTS = 400;

    @Test
    void shardsPartitionTheUsersAndMissNoEvent() throws Exception {
        try (HubProcess hub = HubProcess.start("push: { heartbeat: PT1S, ring: { max-bytes: 64 KiB } }")) {
            List<ForeignGateway> shards = new ArrayList<>();
            for (int shard = 0; shard < 3; shard++) {
                shards.add(subscribe(
                        hub,
                        "shard-" + shard,
                        Interest.newBuilder().setShard(shard).setShardCount(3)));
            }
            List<List<String>> expected = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int i = 0; i < EVENTS; i++) {
                String user = UUID.randomUUID().toString();
                expected.get(shardOf(user, 3)).add(hub.api().notify(user, "mail", "{}"));
            }
            for (int shard = 0; shard < 3; shard++) {
                for (String cursor : expected.get(shard)) {
                    assertThat(event(shards.get(shard)).getCursor(), is(cursor));
                }
            }
            assertThat(hub.api().metric("grpc_push_dropped_total{gateway_client_id=\"shard-0\"}"), is(0.0));
        }
    }

    /** Computes the shard as docs/protocol.md describes it. */
    private static int shardOf(String user, int count) {
        CRC32C crc = new CRC32C();
        crc.update(user.getBytes(StandardCharsets.US_ASCII));
        return (int) (crc.getValue() % count);
    }

    @Test
    void invalidationsAreFilteredByUserButNotByKind() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            String ours = UUID.randomUUID().toString();
            String other = UUID.randomUUID().toString();
            ForeignGateway gateway =
                    subscribe(hub, "g", Interest.newBuilder().addUserIds(ours).addKinds("mail"));
            hub.api().notify(ours, "chat", "{}");
            hub.api().notify(other, "mail", "{}");
            hub.api().call("DELETE", "/api/v1/users/" + other + "/sessions", "");
            String mail = hub.api().notify(ours, "mail", "{}");
            hub.api().call("DELETE", "/api/v1/users/" + ours + "/sessions", "");
            assertThat(event(gateway).getCursor(), is(mail));
            assertThat(event(gateway).getSessionInvalidation().getUserId(), is(ours));
        }
    }

    private static ForeignGateway subscribe(HubProcess hub, String id, Interest.Builder interest) throws Exception {
        ForeignGateway gateway = new ForeignGateway(
                hub.channel(),
                GatewaySubscribeRequest.newBuilder()
                        .setGatewayClientId(id)
                        .setWantNotices(true)
                        .setInterest(interest)
                        .build());
        gateway.subscribed().readingAll();
        assertThat(gateway.next().getNotice().hasOpened(), is(true));
        return gateway;
    }

    /** The next message that is not a heartbeat. */
    private static PushEvent event(ForeignGateway gateway) throws Exception {
        PushEvent event = gateway.next();
        while (event.getNotice().hasHeartbeat()) {
            event = gateway.next();
        }
        assertThat("neither a gap nor a drop", event.hasNotice(), is(false));
        return event;
    }
}
