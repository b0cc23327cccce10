package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.UUID;
import java.util.stream.IntStream;
import limits.Lease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.engine.HubConfig;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.Interest;
import push.protocol.v1.PushEvent;
import push.protocol.v1.PushGrpc;
import testing.Await;

/** The part of the budget that subscriptions hold, and the refusal of subscriptions without room. */
class RequestRoomTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int USERS = 10_000;

    private final TestHub server = new TestHub(HubConfig.defaults(), Duration.ofSeconds(30));

    @AfterEach
    void stop() {
        server.close();
    }

    private static GatewaySubscribeRequest request(String id, int users) {
        return GatewaySubscribeRequest.newBuilder()
                .setGatewayClientId(id)
                .setInterest(Interest.newBuilder()
                        .addAllUserIds(IntStream.range(0, users)
                                .mapToObj(i -> new UUID(1, i + 1L).toString())
                                .toList()))
                .build();
    }

    private Iterator<PushEvent> subscribe(GatewaySubscribeRequest request) {
        return PushGrpc.newBlockingStub(server.channel()).subscribePush(request);
    }

    private long held() {
        return server.budget.whole().held();
    }

    @Test
    void anInterestIsHeldUntilItsSubscriptionEnds() throws Exception {
        var context = io.grpc.Context.current().withCancellation();
        context.run(() -> subscribe(request("a", USERS)));
        Await.until(
                "the gateway is subscribed", TIMEOUT, () -> server.hub.status().subscribers() == 1);
        Await.until(
                "the request no longer counts",
                TIMEOUT,
                () -> held() == server.budget.interests().held());
        assertThat(held() >= 16L * USERS, is(true));
        context.cancel(null);
        Await.until("nothing is held", TIMEOUT, () -> held() == 0);
    }

    @Test
    void aSubscriptionWithoutRoomForItsInterestIsRefusedAtOnceAndOthersContinue() throws Exception {
        Iterator<PushEvent> _ = subscribe(request("a", 10));
        Await.until("one is subscribed", TIMEOUT, () -> server.hub.status().subscribers() == 1);
        try (Lease _ = server.budget
                .interests()
                .tryAcquire(server.budget.interests().capacity() - 10_000)
                .orElseThrow()) {
            StatusRuntimeException e = assertThrows(
                    StatusRuntimeException.class,
                    () -> subscribe(request("b", USERS)).hasNext());
            assertThat(e.getStatus().getCode(), is(Code.RESOURCE_EXHAUSTED));
            assertThat(server.hub.status().subscribers(), is(1));
        }
    }
}
