package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import logcontract.WaywardLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.api.Outcome.NotPublished;
import push.api.Outcome.Published;
import push.engine.Notice.GoAway;
import push.engine.Notice.Heartbeat;
import push.engine.spi.LogState;

/** A hub that has lost its log does not look alive, and has its gateways reconnect. */
class LostLogTest {

    private static final Duration MAINTENANCE = Duration.ofMillis(250);
    private static final Duration HEARTBEAT = HubConfig.defaults().heartbeat();
    private static final Duration LOST = HubConfig.defaults().lostTimeout();
    private static final Duration NANO = Duration.ofNanos(1);

    private final FakeRuntime time = new FakeRuntime();
    private final WaywardLog log = new WaywardLog("w", 0, time);
    private final Hub hub =
            Hub.builder(HubConfig.defaults()).log(log).runtime(time).open();
    private final LogCapture logged = new LogCapture(LostLog.class);

    @AfterEach
    void close() {
        logged.close();
        hub.close();
    }

    private Subscription withNotices(String id) throws SubscriptionRefused {
        Subscription subscription =
                hub.subscribe(TestRequest.of(id).withNotices().asked());
        List<Object> _ = TestHub.texts(subscription); // Opened
        return subscription;
    }

    private void maintain() {
        time.advance(MAINTENANCE);
        hub.dispatchers().members().getFirst().step();
    }

    private static Optional<Delivery> take(Subscription subscription) throws InterruptedException {
        Delivery[] batch = new Delivery[1];
        return TestReader.take(subscription, batch) == 0 ? Optional.empty() : Optional.of(batch[0]);
    }

    @Test
    void aHeartbeatIsSentOnlyWhileTheLogIsCurrent() throws Exception {
        Subscription subscription = withNotices("g");
        time.advance(HEARTBEAT);
        log.age(LOST);
        assertThat(TestHub.texts(subscription), is(empty()));
        log.age(LOST.minus(NANO));
        log.away();
        assertThat(TestHub.texts(subscription), is(empty()));
        log.back();
        assertThat(TestHub.texts(subscription), contains(instanceOf(Heartbeat.class)));
    }

    @Test
    void aHubWithoutItsLogAcceptsNothing() throws Exception {
        log.age(LOST.minus(NANO));
        assertThat(hub.accepting(), is(true));
        log.age(LOST);
        assertThat(hub.accepting(), is(false));
        var refused = assertThrows(
                SubscriptionRefused.class,
                () -> hub.subscribe(TestRequest.of("g").asked()));
        assertThat(refused.reason(), is(SubscriptionRefused.Reason.LOG_UNAVAILABLE));
        assertThat(hub.status().logAge(), is(LOST));
    }

    @Test
    void aHubWithoutItsLogDoesNotAskTheLogToAppend() throws Exception {
        var unavailable = new NotPublished(NotPublished.Reason.LOG_UNAVAILABLE);
        log.answerLate();
        log.age(LOST);
        assertThat(hub.publisher().publish(TestEvents.event("")), is(unavailable));
        log.age(Duration.ZERO);
        log.away();
        assertThat(hub.publisher().publish(TestEvents.event("")), is(unavailable));
        log.back();
        log.answerAll();
        assertThat(hub.publisher().publish(TestEvents.event("")), is(new Published("w-1")));
    }

    @Test
    void theGatewaysReconnect() throws Exception {
        Subscription withNotices = withNotices("a");
        Subscription without = hub.subscribe(TestRequest.of("b").asked());
        log.age(LOST);
        maintain();
        assertThat(take(withNotices), is(Optional.of(new GoAway(GoAway.Reason.DRAIN, Duration.ofMillis(1600)))));
        assertThat(take(without), is(Optional.empty()));
        assertThat(without.end(), is(Optional.of(End.RECONNECT)));
    }

    @Test
    void theGatewaysReconnectAtOnceIfTheLogIsAway() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").asked());
        log.away();
        maintain();
        assertThat(take(subscription), is(Optional.empty()));
        assertThat(subscription.end(), is(Optional.of(End.RECONNECT)));
    }

    @Test
    void aWaitingReaderIsWoken() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").asked());
        time.meanwhile(() -> {
            log.age(LOST);
            maintain();
            assertThat(time.woken().contains(Thread.currentThread().getName()), is(true));
        });
        assertThat(take(subscription), is(Optional.empty()));
    }

    @Test
    void eachLossDrainsTheSubscriptionsOfItsTime() throws Exception {
        log.age(LOST);
        maintain();
        log.age(Duration.ZERO);
        maintain();
        Subscription subscription = hub.subscribe(TestRequest.of("g").asked());
        maintain();
        assertThat(subscription.isEnding(), is(false));
        log.age(LOST);
        maintain();
        assertThat(subscription.isEnding(), is(true));
    }

    @Test
    void aLossAndItsEndAreLoggedOnce() {
        maintain();
        assertThat(logged.lines(), is(empty()));
        log.age(LOST);
        maintain();
        maintain();
        assertThat(
                logged.lines(),
                contains("WARNING push lost its log, which was current PT5S ago; gateways are to reconnect"));
        log.age(Duration.ZERO);
        maintain();
        maintain();
        assertThat(logged.lines(), contains("INFO push has its log back"));
    }

    @Test
    void aLogThatWasNeverReadyIsNotLost() {
        LogTail tail = new LogTail(RetentionConfig.defaults(), new NoWireFormat(), time, () -> {});
        LogHealth health = new LogHealth(tail, () -> LOST, LOST);
        assertThat(health.isCurrent(), is(false));
        assertThat(health.isLost(), is(false));
        tail.state(LogState.READY);
        assertThat(health.isLost(), is(true));
        tail.state(LogState.CONNECTING);
        assertThat(health.isLost(), is(true));
    }

    /** The promise of docs/guarantees.md, for a log that the hub loses at any moment between two heartbeats. */
    @Test
    void aGatewayWithHeartbeatsIsNeverFurtherBehindThanPromised() throws Exception {
        Duration promised = HEARTBEAT.plus(LOST).plus(MAINTENANCE);
        for (Duration before = Duration.ZERO;
                before.compareTo(HEARTBEAT.multipliedBy(2)) <= 0;
                before = before.plus(MAINTENANCE)) {
            log.age(Duration.ZERO);
            maintain();
            assertThat(furthestBehind(withNotices("g"), before), is(lessThanOrEqualTo(promised)));
        }
    }

    /**
     * Loses the log some time after the start, and returns how far the gateway was behind at most, as far as it could
     * know, until it was told to reconnect.
     */
    private Duration furthestBehind(Subscription subscription, Duration before) {
        Duration now = Duration.ZERO;
        Duration heard = Duration.ZERO;
        Duration known = Duration.ZERO;
        Duration furthest = Duration.ZERO;
        while (!subscription.isEnding()) {
            now = now.plus(MAINTENANCE);
            Duration current = now.compareTo(before) < 0 ? now : before;
            log.age(now.minus(current));
            maintain();
            Duration behind = now.minus(known);
            furthest = behind.compareTo(furthest) > 0 ? behind : furthest;
            if (!TestHub.texts(subscription).isEmpty()) {
                assertThat("a heartbeat of a lost log", now.minus(current), is(lessThan(LOST)));
                heard = now;
                known = current;
            }
            assertThat("a silence", now.minus(heard), is(lessThanOrEqualTo(HEARTBEAT)));
        }
        return furthest;
    }
}
