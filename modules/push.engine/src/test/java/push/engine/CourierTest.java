package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.engine.SubscriptionStatus.State;

class CourierTest {

    private static final String DISPATCHER = "push-dispatcher";

    private final TestHub hub = new TestHub(2, 100);
    private final FakeRuntime time = hub.time;
    private final List<Object> brought = new ArrayList<>();
    private final Deque<Runnable> onTheWay = new ArrayDeque<>();
    private final Deque<Boolean> answers = new ArrayDeque<>();

    @AfterEach
    void close() {
        hub.close();
    }

    private static String me() {
        return Thread.currentThread().getName();
    }

    private void step() {
        hub.hub.dispatcher().step();
    }

    /** One whose courier takes two at a time, and says yes unless something else was said. */
    private Subscription lent(TestRequest request) throws SubscriptionRefused {
        Subscription subscription = hub.subscribe(request);
        Delivery[] batch = new Delivery[2];
        subscription.lendTo(() -> {
            int n = subscription.poll(batch);
            brought.addAll(TestHub.told(Arrays.asList(batch).subList(0, n)));
            onTheWay.removeFirst().run();
            return answers.isEmpty() || answers.removeFirst();
        });
        return subscription;
    }

    private void deliveries(int times) {
        for (int i = 0; i < times; i++) {
            onTheWay.add(() -> {});
        }
    }

    private void end(Subscription subscription) {
        hub.hub.end(subscription, End.CANCELLED);
    }

    @Test
    void whatComesIsBroughtWhileTheReaderSleeps() throws Exception {
        Subscription subscription = lent(TestRequest.of("g"));
        deliveries(2);
        time.meanwhile(() -> {
            hub.publish(1);
            step();
            hub.publish(2);
            step();
            step(); // no news
            assertThat(time.woken(), is(List.of(DISPATCHER, DISPATCHER)));
            end(subscription);
        });
        assertThat(subscription.take(new Delivery[2]), is(0));
        assertThat(brought, is(List.of("event 1", "event 2", "event 3")));
        assertThat(subscription.status().delivered(), is(3L));
    }

    @Test
    void whatIsMoreThanABatchComesInTheNextRound() throws Exception {
        Subscription subscription = lent(TestRequest.of("g"));
        deliveries(2);
        onTheWay.removeLast();
        onTheWay.add(() -> hub.publish(1)); // which the second round can't know of
        deliveries(1);
        time.meanwhile(() -> {
            hub.publish(2);
            step();
            hub.publish(1);
            step();
            step();
            end(subscription);
        });
        subscription.take(new Delivery[2]);
        assertThat(brought, is(List.of("event 1", "event 2", "event 3", "event 4")));
    }

    @Test
    void whatIsHandedBackIsForTheReaderAndNobodyOvertakesIt() throws Exception {
        Subscription subscription = lent(TestRequest.of("g"));
        deliveries(1);
        answers.add(false);
        time.meanwhile(() -> {
            hub.publish(1);
            step();
            assertThat(time.woken(), is(List.of(DISPATCHER, me())));
            hub.publish(1);
            step(); // before the reader has gone on
        });
        assertThat(subscription.take(new Delivery[2]), is(Subscription.HANDED_BACK));
        assertThat(brought, is(List.of("event 1")));
    }

    @Test
    void readerThatHasDoneWhatWasHandedBackLeavesTheRestToTheDispatcher() throws Exception {
        Subscription subscription = lent(TestRequest.of("g"));
        deliveries(2);
        answers.add(false);
        time.meanwhile(() -> {
            hub.publish(1);
            step();
        });
        subscription.take(new Delivery[2]);
        hub.publish(1);
        time.woken();
        time.meanwhile(() -> {
            assertThat("the reader has it called", time.woken(), is(List.of(DISPATCHER)));
            step();
            end(subscription);
        });
        assertThat(subscription.take(new Delivery[2]), is(0));
        assertThat(brought, is(List.of("event 1", "event 2")));
    }

    @Test
    void readerOfAHubThatDrainsTakesTheRestItself() throws Exception {
        Subscription subscription = lent(TestRequest.of("g"));
        deliveries(1);
        answers.add(false);
        time.meanwhile(() -> {
            hub.publish(1);
            step();
        });
        subscription.take(new Delivery[2]);
        hub.publish(1);
        subscription.drain();
        assertThat(subscription.take(new Delivery[2]), is(1));
        assertThat(subscription.take(new Delivery[2]), is(0));
        assertThat(subscription.end(), is(Optional.of(End.STOPPED)));
    }

    @Test
    void endWhileItIsLentIsSeenByTheReader() throws Exception {
        Subscription subscription = lent(TestRequest.of("g"));
        onTheWay.add(() -> end(subscription));
        time.meanwhile(() -> {
            hub.publish(1);
            time.woken();
            step();
            assertThat(time.woken(), is(List.of(me(), me()))); // by the end, and with its turn
        });
        assertThat(subscription.take(new Delivery[2]), is(0));
    }

    @Test
    void courierThatFailsEndsItsSubscriptionAndNoOther() throws Exception {
        Subscription failing = lent(TestRequest.of("failing"));
        Subscription other = hub.subscribe(TestRequest.of("other"));
        onTheWay.add(() -> {
            throw new IllegalStateException("in a courier");
        });
        List<Integer> taken = new ArrayList<>();
        time.meanwhile(() -> {
            try {
                taken.add(other.take(new Delivery[2])); // waits within the first one's wait
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        time.meanwhile(() -> {
            hub.publish(1);
            assertThrows(IllegalStateException.class, this::step);
            step();
            assertThat(failing.end(), is(Optional.of(End.FAILED)));
        });
        assertThat(failing.take(new Delivery[2]), is(Subscription.HANDED_BACK));
        assertThat(failing.take(new Delivery[2]), is(0));
        assertThat(taken, is(List.of(1)));
    }

    @Test
    void whatCanNotBeTakenEndsTheSubscription() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        subscription.lendTo(() -> {
            throw new IllegalStateException("before it has taken anything");
        });
        time.meanwhile(() -> {
            hub.publish(1);
            assertThrows(IllegalStateException.class, this::step);
        });
        assertThat(subscription.take(new Delivery[2]), is(0));
        assertThat(subscription.end(), is(Optional.of(End.FAILED)));
    }

    @Test
    void readerWhoseCourierHasNoHandFreeTakesForItself() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        subscription.lendTo(() -> false);
        time.meanwhile(() -> {
            hub.publish(1);
            step();
        });
        Delivery[] batch = new Delivery[2];
        assertThat(subscription.take(batch), is(1));
        assertThat(TestHub.told(List.of(batch[0])), is(List.of("event 1")));
    }

    @Test
    void heartbeatsAreBrought() throws Exception {
        Subscription subscription = lent(TestRequest.of("g").withNotices());
        subscription.take(new Delivery[2]); // how it was opened
        deliveries(1);
        time.meanwhile(() -> {
            time.advance(TestHub.HEARTBEAT);
            step();
            end(subscription);
        });
        subscription.take(new Delivery[2]);
        assertThat(brought, is(List.of(new Notice.Heartbeat(TestHub.at(0)))));
    }

    @Test
    void whatFollowsAGapThatWasFoundMeanwhileIsBroughtToo() throws Exception {
        Subscription subscription = lent(TestRequest.of("g").withNotices());
        subscription.take(new Delivery[2]); // how it was opened
        deliveries(3);
        time.meanwhile(() -> {
            hub.publish(4); // it may lag by two
            hub.maintain(); // in the same step as the news
            step();
            step();
            end(subscription);
        });
        subscription.take(new Delivery[2]);
        assertThat(brought.size(), is(3));
        assertThat(brought.subList(1, 3), is(List.of("event 3", "event 4")));
    }

    @Test
    void oneThatWasBroughtEverythingHasCaughtUp() throws Exception {
        Subscription subscription = lent(TestRequest.of("g"));
        deliveries(1);
        time.meanwhile(() -> {
            hub.publish(5); // it may lag by two
            time.advance(Duration.ofMillis(1));
            hub.hub.subscriptions();
            step();
            assertThat(subscription.status().dropped(), is(3L));
            assertThat(subscription.status().state(), is(State.LIVE));
            end(subscription);
        });
        subscription.take(new Delivery[2]);
        assertThat(brought, is(List.of("event 4", "event 5")));
    }
}
