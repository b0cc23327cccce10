package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import access.Access;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import limits.RequestBudget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import push.engine.Delivery;
import push.engine.Hub;
import push.engine.HubConfig;
import push.engine.Interest;
import push.engine.StalePolicy;
import push.engine.Subscription;
import push.engine.SubscriptionRefused;
import push.engine.SubscriptionRequest;
import push.engine.SubscriptionRequest.Start;

class OutgoingBatchTest {

    private final Hub hub = Hub.builder(HubConfig.defaults())
            .wireFormat(PushTransport.wireFormat())
            .open();
    private final List<String> reports = new ArrayList<>();
    private final OutgoingBatch batch = new OutgoingBatch("g", this::trace, new TransportObserver() {
        @Override
        public void wrote(long appendedNanos) {
            reports.add("observed");
        }

        @Override
        public void ended(String status) {}
    });
    private Subscription subscription;

    private DeliveryTracer.Batch trace(String gateway, Delivery[] deliveries, int size) {
        reports.add("begun with " + size + " for " + gateway);
        return new DeliveryTracer.Batch() {
            @Override
            public void written() {
                reports.add("written");
            }

            @Override
            public void close() {
                reports.add("closed");
            }
        };
    }

    @BeforeEach
    void subscribe() throws SubscriptionRefused {
        subscription = hub.subscribe(
                new SubscriptionRequest("g", "peer", "", Start.CURSOR, StalePolicy.LIVE_TAIL, Interest.ALL, true));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private Delivery[] opened() {
        return polled(1);
    }

    private Delivery[] events(int count) {
        opened();
        for (int i = 0; i < count; i++) {
            hub.publisher().invalidate(UUID.randomUUID(), null, "", "");
        }
        return polled(count);
    }

    private Delivery[] polled(int count) {
        Delivery[] deliveries = new Delivery[count];
        assertThat(subscription.poll(deliveries), is(count));
        return deliveries;
    }

    private void writeAll() {
        int bytes = batch.pending().bytes();
        batch.pending().read(ByteBuffer.allocate(bytes), bytes);
    }

    @Test
    void aBatchIsReportedOnceNothingOfItWaits() {
        Delivery[] events = events(2);
        batch.begin(events, 2);
        batch.enqueue(events, 0, 2);
        batch.complete();
        assertThat("a part waits", reports, is(List.of("begun with 2 for g")));
        writeAll();
        batch.complete();
        batch.complete();
        assertThat(reports, is(List.of("begun with 2 for g", "written", "closed", "observed")));
    }

    @Test
    void enqueuedDeliveriesAreClearedFromTheArray() {
        Delivery[] events = events(3);
        int bytes = GrpcMessage.of(events[1]).length + GrpcMessage.of(events[2]).length;
        batch.begin(events, 3);
        batch.enqueue(events, 1, 3);
        assertThat(batch.pending().bytes(), is(bytes));
        assertThat(events[1], is(nullValue()));
        assertThat(events[2], is(nullValue()));
    }

    @Test
    void anAbandonedBatchIsClosedAndNotReportedAsWritten() {
        batch.begin(events(1), 1);
        batch.abandon();
        batch.abandon();
        batch.complete();
        assertThat(reports, is(List.of("begun with 1 for g", "closed")));
    }

    @Test
    void aNewBatchAbandonsTheFormerOne() {
        Delivery[] events = events(1);
        batch.begin(events, 1);
        batch.begin(events, 1);
        assertThat(reports, is(List.of("begun with 1 for g", "closed", "begun with 1 for g")));
    }

    @Test
    void theDelayOfANoticeIsNotObserved() {
        batch.begin(opened(), 1);
        batch.complete();
        assertThat(reports, is(List.of("begun with 1 for g", "written", "closed")));
    }

    @Test
    void aTransportRefusesAHubWithAnotherWireFormat() {
        try (Hub other = Hub.builder(HubConfig.defaults()).open()) {
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class,
                    () -> new PushTransport(
                            other,
                            Access.everybody(),
                            StreamLimits.defaults(),
                            TransportObserver.none(),
                            DeliveryTracer.none(),
                            RequestBudget.of(1 << 20)));
            assertThat(
                    e.getMessage(),
                    startsWith("the wire format of the hub must be PushTransport.wireFormat(), but was "));
        }
    }
}
