package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.engine.SubscriptionRequest.Start;
import push.engine.SubscriptionStatus.State;

class SubscriptionTest {

    private static final UUID ONE = new UUID(1, 1);
    private static final UUID TWO = new UUID(2, 2);

    private final TestHub hub = new TestHub(2, 100);
    private final FakeRuntime time = hub.time;

    @AfterEach
    void close() {
        hub.close();
    }

    private static String me() {
        return Thread.currentThread().getName();
    }

    @Test
    void aReaderWaitsUntilItIsWoken() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        Delivery[] batch = new Delivery[2];
        time.meanwhile(() -> {}); // a spurious wake-up
        time.meanwhile(() -> hub.publish(1));
        assertThat(TestReader.take(subscription, batch), is(1));
        assertThat(time.waits(), is(List.of(FakeRuntime.NO_END, FakeRuntime.NO_END)));
    }

    @Test
    void maintenanceWakesAReaderForItsHeartbeatAndNotBefore() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").withNotices());
        Delivery[] batch = new Delivery[2];
        TestReader.take(subscription, batch);
        time.advance(Duration.ofSeconds(4));
        time.meanwhile(() -> {
            time.advance(Duration.ofSeconds(10));
            hub.step();
            assertThat(time.woken(), is(List.of()));
            time.advance(Duration.ofSeconds(1));
            hub.step();
            assertThat(time.woken(), is(List.of(me())));
        });
        assertThat(TestReader.take(subscription, batch), is(1));
        assertThat(batch[0], is(new Notice.Heartbeat(TestHub.at(0))));
    }

    @Test
    void anEventJustBeforeTheWaitIsNotMissed() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").withNotices());
        Delivery[] batch = new Delivery[2];
        TestReader.take(subscription, batch);
        time.atNextReading(() -> hub.publish(1)); // after it has found nothing, and checks whether a heartbeat is due
        assertThat(TestReader.take(subscription, batch), is(1));
        assertThat(TestHub.texts(List.of(batch[0])), is(List.of("event 1")));
        time.atNextReading(() -> hub.hub.end(subscription, End.CANCELLED));
        assertThat(TestReader.take(subscription, batch), is(0));
        assertThat(time.waits(), is(List.of()));
    }

    @Test
    void theEndWakesAWaitingReader() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        time.meanwhile(() -> {
            assertThat(hub.hub.end(subscription, End.DISCONNECTED), is(true));
            assertThat(time.woken(), is(List.of(me())));
            assertThat(hub.hub.end(subscription, End.CANCELLED), is(false));
            assertThat(time.woken(), is(List.of()));
        });
        assertThat(TestReader.take(subscription, new Delivery[1]), is(0));
        assertThat(subscription.end(), is(Optional.of(End.DISCONNECTED)));
    }

    @Test
    void anInterruptedReaderThrowsAndStopsWaiting() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        time.meanwhile(() -> Thread.currentThread().interrupt());
        assertThrows(InterruptedException.class, () -> TestReader.take(subscription, new Delivery[1]));
        assertThat(Thread.currentThread().isInterrupted(), is(false));
        hub.publish(1);
        assertThat(time.woken(), is(List.of()));
        assertThat(TestReader.take(subscription, new Delivery[1]), is(1));
    }

    @Test
    void theStatusDescribesTheSubscription() throws Exception {
        hub.publish(3);
        time.advance(Duration.ofSeconds(7));
        Subscription subscription = hub.hub.subscribe(new SubscriptionRequest(
                "g", "10.0.0.1:99", "e-1", Start.CURSOR, StalePolicy.LIVE_TAIL, Interest.ALL, false));
        Instant since = Instant.EPOCH.plusSeconds(7);
        time.advance(Duration.ofSeconds(1));
        assertThat(subscription.gatewayClientId(), is("g"));
        assertThat(
                hub.hub.subscriptions(),
                is(List.of(
                        new SubscriptionStatus("g", "10.0.0.1:99", since, TestHub.at(1), 2, 0, 0, State.REPLAYING))));
        subscription.poll(new Delivery[1]);
        assertThat(subscription.status().state(), is(State.REPLAYING));
        subscription.poll(new Delivery[1]);
        assertThat(
                subscription.status(),
                is(new SubscriptionStatus("g", "10.0.0.1:99", since, TestHub.at(3), 0, 2, 0, State.LIVE)));
        hub.publish(5);
        hub.maintain();
        assertThat(
                subscription.status(),
                is(new SubscriptionStatus("g", "10.0.0.1:99", since, TestHub.at(3), 2, 2, 3, State.DROPPING)));
        Drain.all(subscription);
        assertThat(
                subscription.status(),
                is(new SubscriptionStatus("g", "10.0.0.1:99", since, TestHub.at(8), 0, 4, 3, State.LIVE)));
    }

    @Test
    void noticesDoNotCountAsDeliveredEvents() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").withNotices());
        Drain.all(subscription);
        time.advance(TestHub.HEARTBEAT);
        Drain.all(subscription);
        assertThat(subscription.status().delivered(), is(0L));
    }

    @Test
    void otherUsersEventsArePassedWithoutATake() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").onlyUser(ONE));
        time.meanwhile(() -> {
            hub.publish(TWO);
            hub.step();
            assertThat(subscription.cursor(), is(TestHub.at(1)));
            hub.publish(ONE);
        });
        assertThat(TestReader.take(subscription, new Delivery[1]), is(1));
        assertThat(subscription.cursor(), is(TestHub.at(2)));
    }
}
