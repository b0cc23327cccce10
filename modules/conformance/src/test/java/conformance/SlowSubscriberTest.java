package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import push.protocol.v1.PushEvent;
import testing.Await;
import testing.ForeignGateway;

/** Promise 5: a subscriber that does not read does not affect others, and its losses are counted exactly. */
class SlowSubscriberTest {

    private static final int EVENTS = 10_000;
    private static final int PUBLISHERS = 8;
    private static final String USER = UUID.randomUUID().toString();
    private static final String PAYLOAD = "{\"filler\":\"" + "x".repeat(500) + "\"}";

    @Test
    void withABufferLossesAreCountedExactlyAndOtherSubscribersMissNothing() throws Exception {
        try (HubProcess hub = HubProcess.start("push: { subscriber: { buffer: 256 } }")) {
            ForeignGateway slow = hub.subscribe("slow", "");
            ForeignGateway other = hub.subscribe("other", "").readingAll();
            publishAll(hub);
            assertThat(receiveAll(other, hub).size(), is(EVENTS));
            double lost = hub.api().metric("grpc_push_dropped_total{gateway_client_id=\"slow\"}");
            assertThat("lost while it does not read", lost, is(greaterThan(0.0)));

            List<String> received = receiveAll(slow.readingAll(), hub);
            assertThat(received.size(), is(lessThan(EVENTS)));
            assertThat(
                    hub.api().metric("grpc_push_dropped_total{gateway_client_id=\"slow\"}"),
                    is((double) EVENTS - received.size()));
            assertThat(hub.api().metric("grpc_push_dropped_total{gateway_client_id=\"other\"}"), is(0.0));
            hub.awaitLog("push subscription dropped event");
            assertThat(hub.err().split("push subscription dropped event", -1).length - 1, is(1));
        }
    }

    @Test
    void byDefaultASlowSubscriberMissesNoRetainedEvent() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            ForeignGateway slow = hub.subscribe("slow", "");
            publishAll(hub);
            assertThat(receiveAll(slow.readingAll(), hub).size(), is(EVENTS));
            assertThat(hub.api().metric("grpc_push_dropped_total{gateway_client_id=\"slow\"}"), is(0.0));
        }
    }

    private static void publishAll(HubProcess hub) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> publishers = new ArrayList<>();
            for (int p = 0; p < PUBLISHERS; p++) {
                publishers.add(threads.submit(() -> {
                    for (int i = 0; i < EVENTS / PUBLISHERS; i++) {
                        hub.api().notify(USER, "flood", PAYLOAD);
                    }
                    return null;
                }));
            }
            for (Future<?> publisher : publishers) {
                publisher.get(120, TimeUnit.SECONDS);
            }
        }
        Await.until(
                "the log has all events",
                Duration.ofSeconds(10),
                () -> hub.api().status().path("head").asString().equals(hub.epoch() + "-" + EVENTS));
    }

    /** Receives the events up to the head. Every subscriber gets the head, because lost events are older. */
    private static List<String> receiveAll(ForeignGateway gateway, HubProcess hub) throws Exception {
        List<String> cursors = new ArrayList<>();
        String last = hub.epoch() + "-" + EVENTS;
        PushEvent event;
        do {
            event = gateway.next();
            cursors.add(event.getCursor());
        } while (!event.getCursor().equals(last));
        return cursors;
    }
}
