package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.engine.Notice.GoAway;

/** What a courier hands back to the reader. The reader's wait is simulated by what happens meanwhile. */
class HandBackTest {

    private static final String DISPATCHER = "push-dispatcher";
    private static final Taken ONE_DELIVERY = new Taken.Deliveries(1);
    private static final Taken HANDED_BACK = new Taken.HandedBack();
    private static final Taken ENDED = new Taken.Ended();

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

    /** Has the courier hand back one event while the reader waits. */
    private void handBack(Subscription subscription, TestCourier courier) throws InterruptedException {
        courier.handsBack(true);
        time.meanwhile(() -> {
            hub.publish(1);
            step();
        });
        assertThat(take(subscription), is(HANDED_BACK));
        courier.handsBack(false);
        courier.delivered();
        time.woken();
    }

    @Test
    void aHandBackIsReportedOnceAndOnlyTheReaderWritesIt() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        TestCourier courier = new TestCourier(subscription);
        courier.handsBack(true);
        time.meanwhile(() -> {
            hub.publish(1);
            step();
            assertThat(time.woken(), is(List.of(DISPATCHER, me())));
            hub.publish(1);
            step(); // before the reader continues
            assertThat(courier.calls(), is(1));
        });
        assertThat(take(subscription), is(HANDED_BACK));
        hub.publish(1);
        step(); // before the reader has written what was handed back
        assertThat(courier.delivered(), is(List.of("event 1")));

        courier.handsBack(false);
        time.woken();
        time.meanwhile(() -> {
            assertThat("the reader leaves what has arrived to the dispatcher", time.woken(), is(List.of(DISPATCHER)));
            step();
            assertThat(courier.delivered(), is(List.of("event 2", "event 3")));
            assertThat(time.woken(), is(List.of()));
            end(subscription);
        });
        assertThat(take(subscription), is(ENDED));
        assertThat(courier.calls(), is(2));
    }

    @Test
    void aReaderThatIsWokenAfterAHandBackTakesForItself() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        handBack(subscription, new TestCourier(subscription));
        hub.publish(1);
        time.meanwhile(() -> {}); // woken without news
        assertThat(take(subscription), is(ONE_DELIVERY));
        hub.publish(1);
        assertThat(take(subscription), is(ONE_DELIVERY));
    }

    @Test
    void aReaderThatDrainsTakesForItself() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").withNotices());
        TestCourier courier = new TestCourier(subscription);
        take(subscription); // Opened
        handBack(subscription, courier);
        hub.publish(1);
        subscription.drain(End.STOPPED);
        Delivery[] batch = new Delivery[2];
        assertThat(subscription.take(batch), is(ONE_DELIVERY));
        assertThat(TestHub.texts(List.of(batch[0])), is(List.of("event 2")));
        assertThat(subscription.take(batch), is(ONE_DELIVERY));
        assertThat(((GoAway) batch[0]).reason(), is(GoAway.Reason.SHUTDOWN));
        time.meanwhile(() -> subscription.end(End.CANCELLED));
        assertThat(subscription.take(batch), is(ENDED));
        assertThat(courier.calls(), is(1));
    }

    @Test
    void aHandBackComesBeforeTheEnd() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").withNotices());
        TestCourier courier = new TestCourier(subscription);
        take(subscription); // Opened
        courier.handsBack(true);
        courier.meanwhile(() -> subscription.end(End.REPLACED));
        time.meanwhile(() -> {
            hub.publish(1);
            step();
        });
        Delivery[] batch = new Delivery[2];
        assertThat(subscription.take(batch), is(HANDED_BACK));
        assertThat(subscription.take(batch), is(ONE_DELIVERY));
        assertThat(((GoAway) batch[0]).reason(), is(GoAway.Reason.REPLACED));
        assertThat(subscription.take(batch), is(ENDED));
    }

    /** The reader once took later events before what was handed back. */
    @Test
    void anInterruptDoesNotHideAHandBack() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        TestCourier courier = new TestCourier(subscription);
        courier.handsBack(true);
        time.meanwhile(() -> {
            hub.publish(1);
            step();
            Thread.currentThread().interrupt();
        });
        assertThrows(InterruptedException.class, () -> take(subscription));
        hub.publish(1);
        assertThat(take(subscription), is(HANDED_BACK));
    }

    @Test
    void aReaderWhoseCourierDeclinesTakesForItself() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        subscription.registerCourier(() -> Courier.Outcome.DECLINED);
        time.meanwhile(() -> {
            hub.publish(1);
            step();
        });
        assertThat(take(subscription), is(ONE_DELIVERY));
    }
}
