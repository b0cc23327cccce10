package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.engine.Notice.Gap;
import push.engine.Notice.GoAway;
import push.engine.Notice.Heartbeat;
import push.engine.SubscriptionStatus.State;

/** What a courier delivers. The reader's wait is simulated by what happens meanwhile. */
class CourierTest {

    private static final String DISPATCHER = "push-dispatcher";
    private static final Taken ONE_DELIVERY = new Taken.Deliveries(1);
    private static final Taken ENDED = new Taken.Ended();
    private static final UUID ONE = new UUID(1, 1);
    private static final UUID TWO = new UUID(2, 2);

    private final TestHub hub = new TestHub(3, 100);
    private final FakeRuntime time = hub.time;

    @AfterEach
    void close() {
        hub.close();
    }

    private static Taken take(Subscription subscription) throws InterruptedException {
        return subscription.take(new Delivery[2]);
    }

    private static String me() {
        return Thread.currentThread().getName();
    }

    private void step() {
        hub.step();
    }

    private void end(Subscription subscription) {
        hub.hub.end(subscription, End.CANCELLED);
    }

    @Test
    void aCourierDeliversEventsWhileTheReaderWaits() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        TestCourier courier = new TestCourier(subscription);
        time.meanwhile(() -> {
            for (int i = 1; i <= 3; i++) {
                hub.publish(1);
                assertThat(courier.delivered(), is(List.of()));
                step();
                assertThat(courier.delivered(), is(List.of("event " + i)));
                assertThat("the reader is not woken", time.woken(), is(List.of(DISPATCHER)));
            }
            end(subscription);
        });
        assertThat(take(subscription), is(ENDED));
        assertThat(subscription.status().delivered(), is(3L));
        assertThat(subscription.cursor(), is(TestHub.at(3)));
        assertThat(time.waits().size(), is(1));
    }

    @Test
    void aReaderThatDoesNotWaitTakesForItself() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        TestCourier courier = new TestCourier(subscription);
        hub.publish(1);
        step();
        assertThat(take(subscription), is(ONE_DELIVERY));
        assertThat(courier.calls(), is(0));
    }

    @Test
    void eachRoundDeliversOneBatch() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        TestCourier courier = new TestCourier(subscription);
        time.meanwhile(() -> {
            hub.publish(3);
            step();
            assertThat(courier.delivered(), is(List.of("event 1", "event 2")));
            step();
            assertThat(courier.delivered(), is(List.of("event 3")));
            step();
            assertThat("nothing is left", courier.calls(), is(2));
            end(subscription);
        });
        take(subscription);
    }

    @Test
    void anEventThatArrivesDuringADeliveryIsDeliveredInTheNextRound() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        TestCourier courier = new TestCourier(subscription);
        time.meanwhile(() -> {
            courier.meanwhile(() -> hub.publish(courier.calls() == 1 ? 1 : 0));
            hub.publish(1);
            step();
            assertThat(courier.delivered(), is(List.of("event 1")));
            step();
            assertThat(courier.delivered(), is(List.of("event 2")));
            end(subscription);
        });
        take(subscription);
    }

    @Test
    void eventsForOtherUsersAreNotDelivered() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").onlyUser(ONE));
        TestCourier courier = new TestCourier(subscription);
        time.meanwhile(() -> {
            hub.publish(TWO);
            step();
            assertThat(courier.calls(), is(0));
            hub.publish(ONE);
            step();
            assertThat(courier.delivered(), is(List.of("event 2")));
            end(subscription);
        });
        take(subscription);
    }

    @Test
    void aCourierDeliversNotices() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").withNotices());
        TestCourier courier = new TestCourier(subscription);
        take(subscription); // Opened
        time.meanwhile(() -> {
            time.advance(TestHub.HEARTBEAT);
            step();
            assertThat(courier.delivered(), is(List.of(new Heartbeat(TestHub.at(0)))));
            hub.publish(5);
            step();
            assertThat(
                    courier.delivered(),
                    is(List.of(
                            new Gap(TestHub.at(2), TestHub.at(0), TestHub.at(2), 2, Gap.Reason.SLOW_CONSUMER, false))));
            step();
            assertThat(courier.delivered(), is(List.of("event 3", "event 4")));
            assertThat(time.woken(), is(List.of(DISPATCHER)));
            end(subscription);
        });
        assertThat(take(subscription), is(ENDED));
    }

    @Test
    void theReaderItselfTakesTheEnd() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").withNotices());
        TestCourier courier = new TestCourier(subscription);
        take(subscription); // Opened
        time.meanwhile(() -> {
            hub.publish(1);
            subscription.end(End.RECONNECT); // like a subscription that is still in the registry
            time.woken();
            step();
            assertThat(time.woken(), is(List.of(me())));
        });
        Delivery[] batch = new Delivery[2];
        assertThat(subscription.take(batch), is(ONE_DELIVERY));
        assertThat(((GoAway) batch[0]).reason(), is(GoAway.Reason.DRAIN));
        assertThat(take(subscription), is(ENDED));
        assertThat(courier.calls(), is(0));
    }

    @Test
    void theReaderFindsAnEndDuringADeliveryAfterIt() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        TestCourier courier = new TestCourier(subscription);
        time.meanwhile(() -> {
            hub.publish(1);
            courier.meanwhile(() -> end(subscription));
            step();
            assertThat("the end wakes the reader", time.woken(), is(List.of(DISPATCHER, me())));
        });
        assertThat(take(subscription), is(ENDED));
        assertThat(courier.delivered(), is(List.of("event 1")));
        assertThat(subscription.end(), is(Optional.of(End.CANCELLED)));
    }

    @Test
    void theReaderFindsADrainDuringADeliveryAfterIt() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        TestCourier courier = new TestCourier(subscription);
        time.meanwhile(() -> {
            hub.publish(3);
            courier.meanwhile(() -> subscription.drain(End.STOPPED));
            step();
        });
        assertThat(take(subscription), is(ONE_DELIVERY));
        assertThat(take(subscription), is(ENDED));
        assertThat(subscription.end(), is(Optional.of(End.STOPPED)));
        assertThat(courier.delivered(), is(List.of("event 1", "event 2")));
    }

    @Test
    void aSubscriptionWithNothingLeftToDeliverHasCaughtUp() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        TestCourier courier = new TestCourier(subscription);
        time.meanwhile(() -> {
            hub.publish(8); // the limit is a lag of three
            hub.maintain();
            assertThat(subscription.status().state(), is(State.DROPPING));
            step();
            assertThat(subscription.status().state(), is(State.LIVE));
            assertThat(subscription.status().dropped(), is(5L));
            end(subscription);
        });
        take(subscription);
        assertThat(courier.delivered(), is(List.of("event 6", "event 7", "event 8")));
    }
}
