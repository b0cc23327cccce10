package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When dispatchers start rounds, and to which subscriptions each of them delivers. */
class DispatcherRoundsTest {

    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Duration ROUND = Duration.ofNanos(Dispatcher.ROUND_NANOS);
    private static final Duration SHORT = Duration.ofNanos(20_000);
    private static final String DISPATCHER = "push-dispatcher";

    private final TestHub hub = TestHub.roomy();
    private final FakeRuntime time = hub.time;

    @AfterEach
    void close() {
        hub.close();
    }

    private static int take(Subscription subscription) throws InterruptedException {
        return TestReader.take(subscription, new Delivery[1]);
    }

    /** Runs the hub's own dispatcher during the next wait, until the hub is closed. */
    private void loopMeanwhile() {
        time.meanwhile(time.tasks().getFirst());
    }

    @Test
    void roundsStartAtIntervalsWhileEventsArrive() throws Exception {
        Subscription one = hub.subscribe(TestRequest.of("one"));
        TestCourier courier = new TestCourier(one);
        courier.meanwhile(() -> hub.publish(courier.calls() == 1 ? 1 : 0));
        loopMeanwhile();
        time.meanwhile(() -> hub.publish(1));
        time.meanwhile(() -> {
            assertThat(courier.delivered(), is(List.of("event 1")));
            time.woken();
            time.advance(ROUND.dividedBy(5));
            hub.publish(1);
            assertThat("the dispatcher continues to rest", time.woken(), is(List.of()));
        });
        time.meanwhile(() -> time.advance(ROUND.multipliedBy(4).dividedBy(5)));
        time.meanwhile(() -> {
            assertThat(courier.delivered(), is(List.of("event 2", "event 3")));
            hub.close();
        });
        assertThat(take(one), is(0));
        Duration maintenance = INTERVAL.minus(ROUND);
        assertThat(
                time.waits(),
                is(List.of(
                        FakeRuntime.NO_END,
                        INTERVAL,
                        ROUND,
                        ROUND.multipliedBy(4).dividedBy(5),
                        maintenance)));
    }

    @Test
    void theFirstRoundAfterAQuietTimeStartsAtOnce() throws Exception {
        Subscription one = hub.subscribe(TestRequest.of("one"));
        TestCourier courier = new TestCourier(one);
        loopMeanwhile();
        time.meanwhile(() -> hub.publish(1));
        time.meanwhile(() -> {
            assertThat(courier.delivered(), is(List.of("event 1")));
            hub.close();
        });
        assertThat(take(one), is(0));
        assertThat(time.waits(), is(List.of(FakeRuntime.NO_END, INTERVAL, INTERVAL)));
    }

    @Test
    void roundsFollowWithoutRestWhileASubscriptionIsBehind() throws Exception {
        Subscription one = hub.subscribe(TestRequest.of("one"));
        TestCourier courier = new TestCourier(one);
        loopMeanwhile();
        time.meanwhile(() -> hub.publish(6));
        time.meanwhile(() -> {
            assertThat("two rounds without a rest", courier.calls(), is(3));
            hub.close();
        });
        assertThat(take(one), is(0));
        assertThat("no rest", time.waits(), is(List.of(FakeRuntime.NO_END, INTERVAL, INTERVAL)));
    }

    @Test
    void aVeryShortRestIsSkipped() throws Exception {
        Subscription one = hub.subscribe(TestRequest.of("one"));
        TestCourier courier = new TestCourier(one);
        courier.meanwhile(() -> {
            if (courier.calls() <= 2) {
                hub.publish(1);
                time.advance(ROUND.minus(SHORT).minusNanos(courier.calls() - 1));
            }
        });
        loopMeanwhile();
        time.meanwhile(() -> hub.publish(1));
        time.meanwhile(() -> {
            assertThat(courier.calls(), is(2));
            time.advance(SHORT.plusNanos(1));
        });
        time.meanwhile(() -> {
            assertThat(courier.calls(), is(3));
            hub.close();
        });
        assertThat(take(one), is(0));
        assertThat(time.waits().subList(1, 3), is(List.of(INTERVAL, SHORT.plusNanos(1))));
    }

    @Test
    void closeEndsTheRest() throws Exception {
        Subscription one = hub.subscribe(TestRequest.of("one"));
        TestCourier courier = new TestCourier(one);
        courier.meanwhile(() -> hub.publish(1));
        loopMeanwhile();
        time.meanwhile(() -> hub.publish(1));
        time.meanwhile(hub::close);
        assertThat(take(one), is(0));
        assertThat(time.waits(), is(List.of(FakeRuntime.NO_END, INTERVAL, ROUND)));
        assertThat(courier.calls(), is(1));
    }

    /** Makes all subscriptions wait, each within the wait of the previous one, runs {@code happens}, and ends them. */
    private static void whileAllWait(TestHub shared, List<Subscription> all, Runnable happens) {
        for (Subscription next : all.subList(1, all.size())) {
            shared.time.meanwhile(() -> waitUntilItEnds(next));
        }
        shared.time.meanwhile(() -> {
            happens.run();
            all.forEach(subscription -> shared.hub.end(subscription, End.CANCELLED));
        });
        waitUntilItEnds(all.getFirst());
    }

    private static void waitUntilItEnds(Subscription subscription) {
        try {
            assertThat(take(subscription), is(0));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long asked(List<TestCourier> couriers) {
        return couriers.stream().mapToInt(TestCourier::calls).sum();
    }

    @Test
    void onlyTheDispatcherOfItsShareDeliversToASubscription() throws Exception {
        try (TestHub shared = TestHub.roomyOn(3)) {
            List<Subscription> all = new ArrayList<>();
            List<TestCourier> couriers = new ArrayList<>();
            for (int i = 0; i < 9; i++) { // three for each share
                Subscription subscription =
                        shared.subscribe(TestRequest.of("g" + i).withNotices());
                take(subscription); // Opened
                all.add(subscription);
                couriers.add(new TestCourier(subscription));
            }
            List<Dispatcher> dispatchers = shared.hub.dispatchers().members();
            whileAllWait(shared, all, () -> {
                shared.publish(1);
                assertThat("one wake-up for all", shared.time.woken(), is(List.of(DISPATCHER)));
                dispatchers.getFirst().step();
                assertThat(shared.time.woken(), is(List.of(DISPATCHER + "-1", DISPATCHER + "-2")));
                assertThat(asked(couriers), is(3L));
                dispatchers.get(1).step();
                assertThat(asked(couriers), is(6L));
                dispatchers.getLast().step();
                assertThat(asked(couriers), is(9L));
                couriers.forEach(courier -> assertThat(courier.delivered(), is(List.of("event 1"))));

                // Heartbeats too: two dispatchers of one subscription could each leave it to the other.
                shared.time.advance(TestHub.HEARTBEAT);
                dispatchers.getFirst().step();
                assertThat(asked(couriers), is(12L));
                dispatchers.subList(1, 3).forEach(Dispatcher::step);
                couriers.forEach(courier -> assertThat(courier.calls(), is(2)));
            });
        }
    }

    @Test
    void otherDispatchersDeliverEventsDuringALongRoundOfTheFirst() throws Exception {
        try (TestHub shared = TestHub.roomyOn(2)) {
            Subscription ofFirst = shared.subscribe(TestRequest.of("g1"));
            Subscription ofOther = shared.subscribe(TestRequest.of("g0"));
            TestCourier slow = new TestCourier(ofFirst);
            TestCourier quick = new TestCourier(ofOther);
            List<Dispatcher> dispatchers = shared.hub.dispatchers().members();
            slow.meanwhile(() -> {
                dispatchers.get(1).step();
                assertThat(quick.delivered(), is(List.of("event 1")));
                shared.time.woken();
                shared.publish(1);
                assertThat(shared.time.woken(), is(List.of(DISPATCHER, DISPATCHER + "-1")));
                dispatchers.get(1).step();
                assertThat(quick.delivered(), is(List.of("event 2")));
            });
            whileAllWait(shared, List.of(ofFirst, ofOther), () -> {
                shared.publish(1);
                dispatchers.getFirst().step();
                assertThat("once", slow.calls(), is(1));
            });
        }
    }

    @Test
    void allDispatchersEndWithTheFirst() {
        try (TestHub shared = TestHub.roomyOn(4)) {
            assertThat(shared.time.tasks().size(), is(4));
            shared.hub.dispatchers().close();
            assertThat(
                    shared.time.woken(),
                    is(List.of(DISPATCHER, DISPATCHER + "-1", DISPATCHER + "-2", DISPATCHER + "-3")));
            shared.time.tasks().forEach(Runnable::run);
            assertThat(shared.time.waits(), is(List.of()));
        }
    }
}
