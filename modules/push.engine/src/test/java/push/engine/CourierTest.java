package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.engine.Notice.Gap;
import push.engine.Notice.GoAway;
import push.engine.Notice.Heartbeat;
import push.engine.SubscriptionStatus.State;

/** What a courier brings and what it leaves to the reader, whose wait is told as what happens meanwhile. */
class CourierTest {

    private static final String DISPATCHER = "push-dispatcher";
    private static final UUID ONE = new UUID(1, 1);
    private static final UUID TWO = new UUID(2, 2);

    private final TestHub hub = new TestHub(3, 100);
    private final FakeRuntime time = hub.time;

    @AfterEach
    void close() {
        hub.close();
    }

    private static int take(Subscription subscription) throws InterruptedException {
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

    /** Has the courier leave something to the reader, which waits for it. */
    private void handBack(Subscription subscription, TestCourier courier) throws InterruptedException {
        courier.handsBack(true);
        time.meanwhile(() -> {
            hub.publish(1);
            step();
        });
        assertThat(take(subscription), is(Subscription.HANDED_BACK));
        courier.handsBack(false);
        courier.brought();
        time.woken();
    }

    @Test
    void dispatcherBringsWhatComesWhileTheReaderWaits() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        TestCourier courier = new TestCourier(subscription);
        time.meanwhile(() -> {
            for (int i = 1; i <= 3; i++) {
                hub.publish(1);
                assertThat(courier.brought(), is(List.of()));
                step();
                assertThat(courier.brought(), is(List.of("event " + i)));
                assertThat("nor is the reader woken", time.woken(), is(List.of(DISPATCHER)));
            }
            end(subscription);
        });
        assertThat(take(subscription), is(0));
        assertThat(subscription.status().delivered(), is(3L));
        assertThat(subscription.cursor(), is(TestHub.at(3)));
        assertThat(time.waits().size(), is(1));
    }

    @Test
    void readerThatDoesNotWaitTakesForItself() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        TestCourier courier = new TestCourier(subscription);
        hub.publish(1);
        step();
        assertThat(take(subscription), is(1));
        assertThat(courier.asked(), is(0));
    }

    @Test
    void oneBatchIsBroughtInEachRound() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        TestCourier courier = new TestCourier(subscription);
        time.meanwhile(() -> {
            hub.publish(3);
            step();
            assertThat(courier.brought(), is(List.of("event 1", "event 2")));
            step();
            assertThat(courier.brought(), is(List.of("event 3")));
            step();
            assertThat("there is no more", courier.asked(), is(2));
            end(subscription);
        });
        take(subscription);
    }

    @Test
    void whatComesWhileItIsBroughtSomethingIsForTheNextRound() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        TestCourier courier = new TestCourier(subscription);
        time.meanwhile(() -> {
            courier.meanwhile(() -> hub.publish(courier.asked() == 1 ? 1 : 0));
            hub.publish(1);
            step();
            assertThat(courier.brought(), is(List.of("event 1")));
            step();
            assertThat(courier.brought(), is(List.of("event 2")));
            end(subscription);
        });
        take(subscription);
    }

    @Test
    void nothingIsBroughtToWhomItIsNotFor() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").onlyUser(ONE));
        TestCourier courier = new TestCourier(subscription);
        time.meanwhile(() -> {
            hub.publish(TWO);
            step();
            assertThat(courier.asked(), is(0));
            hub.publish(ONE);
            step();
            assertThat(courier.brought(), is(List.of("event 2")));
            end(subscription);
        });
        take(subscription);
    }

    @Test
    void noticesAreBroughtToo() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").withNotices());
        TestCourier courier = new TestCourier(subscription);
        take(subscription); // Opened
        time.meanwhile(() -> {
            time.advance(TestHub.HEARTBEAT);
            step();
            assertThat(courier.brought(), is(List.of(new Heartbeat(TestHub.at(0)))));
            hub.publish(5);
            step();
            assertThat(
                    courier.brought(),
                    is(List.of(
                            new Gap(TestHub.at(2), TestHub.at(0), TestHub.at(2), 2, Gap.Reason.SLOW_CONSUMER, false))));
            step();
            assertThat(courier.brought(), is(List.of("event 3", "event 4")));
            assertThat(time.woken(), is(List.of(DISPATCHER)));
            end(subscription);
        });
        assertThat(take(subscription), is(0));
    }

    @Test
    void whatIsHandedBackIsToldOnceAndIsTheReadersAlone() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        TestCourier courier = new TestCourier(subscription);
        courier.handsBack(true);
        time.meanwhile(() -> {
            hub.publish(1);
            step();
            assertThat(time.woken(), is(List.of(DISPATCHER, me())));
            hub.publish(1);
            step(); // before the reader has gone on
            assertThat(courier.asked(), is(1));
        });
        assertThat(take(subscription), is(Subscription.HANDED_BACK));
        hub.publish(1);
        step(); // before it has done what was handed back
        assertThat(courier.brought(), is(List.of("event 1")));

        courier.handsBack(false);
        time.woken();
        time.meanwhile(() -> {
            assertThat("it leaves to the dispatcher what has come", time.woken(), is(List.of(DISPATCHER)));
            step();
            assertThat(courier.brought(), is(List.of("event 2", "event 3")));
            assertThat(time.woken(), is(List.of()));
            end(subscription);
        });
        assertThat(take(subscription), is(0));
        assertThat(courier.asked(), is(2));
    }

    @Test
    void readerThatIsWokenAfterwardsTakesForItselfAgain() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        handBack(subscription, new TestCourier(subscription));
        hub.publish(1);
        time.meanwhile(() -> {}); // woken for nothing
        assertThat(take(subscription), is(1));
        hub.publish(1);
        assertThat(take(subscription), is(1));
    }

    @Test
    void readerThatDrainsTakesForItself() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").withNotices());
        TestCourier courier = new TestCourier(subscription);
        take(subscription); // Opened
        handBack(subscription, courier);
        hub.publish(1);
        subscription.drain(End.STOPPED);
        Delivery[] batch = new Delivery[2];
        assertThat(subscription.take(batch), is(1));
        assertThat(TestHub.told(List.of(batch[0])), is(List.of("event 2")));
        assertThat(subscription.take(batch), is(1));
        assertThat(((GoAway) batch[0]).reason(), is(GoAway.Reason.SHUTDOWN));
        time.meanwhile(() -> subscription.end(End.CANCELLED));
        assertThat(subscription.take(batch), is(0));
        assertThat(courier.asked(), is(1));
    }

    @Test
    void endIsTheReadersBusiness() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").withNotices());
        TestCourier courier = new TestCourier(subscription);
        take(subscription); // Opened
        time.meanwhile(() -> {
            hub.publish(1);
            subscription.end(End.RECONNECT); // as one that is not taken out of the registry yet
            time.woken();
            step();
            assertThat(time.woken(), is(List.of(me())));
        });
        Delivery[] batch = new Delivery[2];
        assertThat(subscription.take(batch), is(1));
        assertThat(((GoAway) batch[0]).reason(), is(GoAway.Reason.DRAIN));
        assertThat(take(subscription), is(0));
        assertThat(courier.asked(), is(0));
    }

    @Test
    void endDuringADeliveryIsFoundAfterIt() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        TestCourier courier = new TestCourier(subscription);
        time.meanwhile(() -> {
            hub.publish(1);
            courier.meanwhile(() -> end(subscription));
            step();
            assertThat("by the end, and when it is given back", time.woken(), is(List.of(DISPATCHER, me(), me())));
        });
        assertThat(take(subscription), is(0));
        assertThat(courier.brought(), is(List.of("event 1")));
        assertThat(subscription.end(), is(Optional.of(End.CANCELLED)));
    }

    @Test
    void drainDuringADeliveryIsFoundAfterIt() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        TestCourier courier = new TestCourier(subscription);
        time.meanwhile(() -> {
            hub.publish(3);
            courier.meanwhile(() -> subscription.drain(End.STOPPED));
            step();
        });
        assertThat(take(subscription), is(1));
        assertThat(take(subscription), is(0));
        assertThat(subscription.end(), is(Optional.of(End.STOPPED)));
        assertThat(courier.brought(), is(List.of("event 1", "event 2")));
    }

    @Test
    void whatIsHandedBackComesBeforeTheEnd() throws Exception {
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
        assertThat(subscription.take(batch), is(Subscription.HANDED_BACK));
        assertThat(subscription.take(batch), is(1));
        assertThat(((GoAway) batch[0]).reason(), is(GoAway.Reason.REPLACED));
        assertThat(subscription.take(batch), is(0));
    }

    /** It took what came later, ahead of what was handed back. */
    @Test
    void interruptDoesNotHideWhatWasHandedBack() throws Exception {
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
        assertThat(take(subscription), is(Subscription.HANDED_BACK));
    }

    @Test
    void readerWhoseCourierHasNoHandFreeTakesForItself() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        subscription.lendTo(() -> false);
        time.meanwhile(() -> {
            hub.publish(1);
            step();
        });
        assertThat(take(subscription), is(1));
    }

    @Test
    void whatCanNotEvenBeTakenEndsTheSubscription() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        subscription.lendTo(() -> {
            throw new IllegalStateException("before it has taken anything");
        });
        time.meanwhile(() -> {
            hub.publish(1);
            assertThrows(IllegalStateException.class, this::step);
        });
        assertThat(take(subscription), is(0));
        assertThat(subscription.end(), is(Optional.of(End.FAILED)));
    }

    @Test
    void oneThatWasBroughtEverythingHasCaughtUp() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        TestCourier courier = new TestCourier(subscription);
        time.meanwhile(() -> {
            hub.publish(8); // it may lag by three
            hub.maintain();
            assertThat(subscription.status().state(), is(State.DROPPING));
            step();
            assertThat(subscription.status().state(), is(State.LIVE));
            assertThat(subscription.status().dropped(), is(5L));
            end(subscription);
        });
        take(subscription);
        assertThat(courier.brought(), is(List.of("event 6", "event 7", "event 8")));
    }

    @Test
    void courierThatFailsEndsItsSubscriptionAndNoOther() throws Exception {
        Subscription failing = hub.subscribe(TestRequest.of("failing"));
        Subscription other = hub.subscribe(TestRequest.of("other"));
        TestCourier courier = new TestCourier(other);
        new TestCourier(failing).meanwhile(() -> {
            throw new IllegalStateException("lost its way");
        });
        List<Integer> taken = new ArrayList<>();
        time.meanwhile(() -> taken.add(waitsWithin(other)));
        time.meanwhile(() -> {
            hub.publish(1);
            assertThrows(IllegalStateException.class, this::step);
            assertThat(failing.end(), is(Optional.of(End.FAILED)));
            step(); // the loop goes on
            assertThat(courier.brought(), is(List.of("event 1")));
            end(other);
        });
        taken.add(take(failing));
        taken.add(take(failing));
        assertThat(taken, is(List.of(0, Subscription.HANDED_BACK, 0)));
        assertThat(other.end(), is(Optional.of(End.CANCELLED)));
    }

    private static int waitsWithin(Subscription subscription) {
        try {
            return take(subscription);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Else its reader would wait for its turn for ever. */
    @Test
    void courierThatFailsGivesTheTurnBackAlsoWhenNobodyCanBeToldOfTheEnd() throws Exception {
        Subscription failing = hub.subscribe(TestRequest.of("g"));
        failing.whenEnded(() -> {
            throw new IllegalStateException("deaf");
        });
        new TestCourier(failing).meanwhile(() -> {
            throw new IllegalArgumentException("no");
        });
        time.meanwhile(() -> {
            hub.publish(1);
            assertThrows(IllegalStateException.class, this::step);
        });
        assertThat(take(failing), is(Subscription.HANDED_BACK));
        assertThat(take(failing), is(0));
        assertThat(failing.end(), is(Optional.of(End.FAILED)));
    }
}
