package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import push.api.Outcome.NotPublished;
import push.engine.Notice.GoAway;

/** A hub that stops delivers its remaining events first. */
class HubDrainTest {

    private static final UUID OTHER = new UUID(2, 2);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final TestHub hub = TestHub.roomy();

    @Test
    void aReaderGetsTheRemainingEventsAndThenGoAway() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").withNotices());
        hub.publish(2);
        List<Object> delivered = new ArrayList<>();
        hub.time.meanwhile(() -> {
            assertThat(
                    hub.hub.publisher().publish(TestEvents.event("")),
                    is(new NotPublished(NotPublished.Reason.CLOSED)));
            assertThrows(SubscriptionRefused.class, () -> hub.subscribe(TestRequest.of("late")));
            hub.time.meanwhile(() -> hub.time.advance(TestHub.GRACE));
            delivered.addAll(TestHub.texts(takeAll(subscription)));
            hub.hub.end(subscription, End.FAILED);
        });
        hub.hub.drain(TIMEOUT);
        assertThat(
                delivered,
                contains(
                        instanceOf(Notice.Opened.class),
                        is("event 1"),
                        is("event 2"),
                        is(new GoAway(GoAway.Reason.SHUTDOWN, Duration.ofMillis(1600)))));
        assertThat(subscription.end(), is(Optional.of(End.STOPPED)));
    }

    @Test
    void aWaitingReaderIsWoken() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        hub.time.meanwhile(
                () -> { // this thread parks as the reader
                    hub.time.meanwhile(() -> hub.time.advance(TIMEOUT)); // and as the thread that drains
                    hub.hub.drain(TIMEOUT);
                    assertThat(hub.time.woken().contains(Thread.currentThread().getName()), is(true));
                });
        assertThat(TestReader.take(subscription, new Delivery[1]), is(0));
    }

    @Test
    void aReaderGetsItsEventAfterManyEventsOfOtherUsers() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").onlyUser(OTHER));
        hub.publish(5_000);
        hub.publish(OTHER);
        List<Object> delivered = new ArrayList<>();
        hub.time.meanwhile(() -> {
            delivered.addAll(TestHub.texts(takeAll(subscription)));
            hub.hub.end(subscription, End.FAILED);
        });
        hub.hub.drain(TIMEOUT);
        assertThat(delivered, contains("event 5001"));
    }

    @Test
    void goAwayIsWrittenBeforeTheEnd() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").withNotices());
        hub.time.meanwhile(() -> {
            Delivery[] batch = new Delivery[1];
            take(subscription, batch);
            assertThat(take(subscription, batch), is(1));
            assertThat(batch[0], instanceOf(GoAway.class));
            assertThat(subscription.end(), is(Optional.empty()));
            hub.time.meanwhile(() -> hub.time.advance(TestHub.HEARTBEAT));
            assertThat("no heartbeat after GoAway", take(subscription, batch), is(0));
            assertThat(subscription.end(), is(Optional.of(End.STOPPED)));
            hub.hub.end(subscription, End.FAILED);
        });
        hub.hub.drain(TIMEOUT);
        assertThat(hub.hub.status().subscribers(), is(0));
    }

    @Test
    void theStreamStaysOpenAfterGoAwayUntilTheGatewayEndsIt() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").withNotices());
        Delivery[] batch = new Delivery[1];
        take(subscription, batch);
        hub.time.meanwhile(() -> {
            take(subscription, batch);
            hub.time.meanwhile(() -> hub.time.advance(TestHub.GRACE.minusNanos(1))); // woken early
            hub.time.meanwhile(() -> {
                assertThat(subscription.end(), is(Optional.empty()));
                hub.time.woken();
                hub.hub.end(subscription, End.CANCELLED);
                assertThat(hub.time.woken().contains(Thread.currentThread().getName()), is(true));
            });
            assertThat(take(subscription, batch), is(0));
        });
        hub.hub.drain(TIMEOUT);
        assertThat(subscription.end(), is(Optional.of(End.CANCELLED)));
    }

    @Test
    void theGraceIsNoLongerThanTheDrain() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").withNotices());
        Delivery[] batch = new Delivery[1];
        take(subscription, batch);
        hub.time.meanwhile(() -> {
            take(subscription, batch);
            hub.time.advance(TestHub.GRACE.minusNanos(1)); // and the reader has not asked for more
        });
        hub.hub.drain(TestHub.GRACE.minusNanos(1));
        assertThat(subscription.end(), is(Optional.of(End.STOPPED)));
        assertThat(take(subscription, batch), is(0));
    }

    @Test
    void aReaderInterruptedDuringTheGraceThrows() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").withNotices());
        Delivery[] batch = new Delivery[1];
        take(subscription, batch);
        hub.hub.drain(subscription);
        take(subscription, batch);
        hub.time.meanwhile(() -> Thread.currentThread().interrupt());
        assertThrows(InterruptedException.class, () -> TestReader.take(subscription, batch));
    }

    @Test
    void aMovingReaderGetsGoAwayBeforeLaterEvents() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").withNotices());
        hub.publish(2);
        hub.hub.drain(subscription);
        hub.hub.drain(subscription); // again, to no effect
        hub.time.meanwhile(() -> hub.time.advance(TestHub.GRACE));
        List<Object> delivered = TestHub.texts(takeAll(subscription));
        assertThat(
                delivered,
                contains(
                        instanceOf(Notice.Opened.class), is(new GoAway(GoAway.Reason.DRAIN, Duration.ofMillis(1600)))));
        assertThat(subscription.end(), is(Optional.of(End.RECONNECT)));
        assertThat(hub.hub.accepting(), is(true));
        Subscription next =
                hub.subscribe(TestRequest.of("g").from(subscription.cursor().toString()));
        assertThat(TestHub.texts(next), contains("event 1", "event 2"));
    }

    @Test
    void aMovingReaderLosesNothingDuringTheGrace() throws Exception {
        TestHub small = new TestHub(2, 100);
        Subscription subscription = small.subscribe(TestRequest.of("g").withNotices());
        small.hub.drain(subscription);
        small.publish(5);
        small.maintain();
        assertThat(subscription.status().dropped(), is(0L));
    }

    @Test
    void aMovingReaderWithoutNoticesEndsAtOnce() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        hub.publish(1);
        hub.hub.drain(subscription);
        assertThat(take(subscription, new Delivery[1]), is(0));
        assertThat(subscription.end(), is(Optional.of(End.RECONNECT)));
    }

    @Test
    void aGoAwayThatCannotBeWrittenIsGivenUpAfterTheTimeout() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").withNotices());
        List<End> ends = new ArrayList<>();
        subscription.whenEnded(() -> ends.add(subscription.end().orElseThrow()));
        hub.time.meanwhile(() -> {
            Delivery[] batch = new Delivery[1];
            take(subscription, batch);
            take(subscription, batch);
            hub.time.advance(TIMEOUT);
        });
        hub.hub.drain(TIMEOUT);
        assertThat(ends, contains(End.STOPPED));
        assertThat(take(subscription, new Delivery[1]), is(0));
    }

    @Test
    void aReaderThatTakesNothingIsEndedAfterTheTimeout() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        hub.publish(1);
        hub.time.meanwhile(() -> hub.time.advance(TIMEOUT.minusNanos(1)));
        hub.time.meanwhile(() -> hub.time.advance(Duration.ofNanos(1)));
        hub.hub.drain(TIMEOUT);
        assertThat(subscription.end(), is(Optional.of(End.STOPPED)));
        assertThat(TestReader.take(subscription, new Delivery[1]), is(0));
        assertThat(hub.hub.status().subscribers(), is(0));
    }

    private static List<Delivery> takeAll(Subscription subscription) {
        List<Delivery> taken = new ArrayList<>();
        Delivery[] batch = new Delivery[1];
        while (take(subscription, batch) > 0) {
            taken.add(batch[0]);
        }
        return taken;
    }

    private static int take(Subscription subscription, Delivery[] batch) {
        try {
            return TestReader.take(subscription, batch);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
