package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import push.engine.Notice.GoAway;
import push.engine.Notice.Heartbeat;
import push.engine.Notice.Opened;

class NoticesTest {

    private static final UUID ONE = new UUID(1, 1);
    private static final UUID TWO = new UUID(2, 2);
    private static final Duration NANO = Duration.ofNanos(1);
    private static final Duration LONG = TestHub.HEARTBEAT.multipliedBy(100);

    private final TestHub hub = TestHub.roomy();
    private final FakeRuntime time = hub.time;

    @AfterEach
    void close() {
        hub.close();
    }

    private static TestRequest request() {
        return TestRequest.of("g").withNotices();
    }

    private static Opened opened(long sequence, Resume resume, long replayed) {
        return new Opened(TestHub.at(sequence), resume, replayed, TestHub.NODE);
    }

    private static Heartbeat heartbeat(long sequence) {
        return new Heartbeat(TestHub.at(sequence));
    }

    @Test
    void openedComesFirstAndOnce() throws Exception {
        hub.publish(3);
        Subscription subscription = hub.subscribe(request().from("e-1"));
        hub.publish(1);
        assertThat(
                TestHub.texts(subscription),
                is(List.of(opened(1, Resume.RESUMED, 2), "event 2", "event 3", "event 4")));
        assertThat(TestHub.texts(subscription), is(List.of()));
    }

    @Test
    void openedHasTheStartOfAFreshStream() throws Exception {
        assertThat(TestHub.texts(hub.subscribe(request())), is(List.of(opened(0, Resume.FRESH, 0))));
        hub.publish(3);
        assertThat(TestHub.texts(hub.subscribe(request())), is(List.of(opened(3, Resume.FRESH, 0))));
        assertThat(TestHub.texts(hub.subscribe(request().earliest())).getFirst(), is(opened(0, Resume.FRESH, 3)));
    }

    @Test
    void openedCountsTheEventsOfThisReader() throws Exception {
        hub.publish(ONE);
        hub.publish(TWO);
        hub.invalidate(ONE, null);
        hub.invalidate(TWO, null);
        hub.expire();
        hub.publish(TWO);
        hub.publish(ONE);
        hub.publish(TWO);
        Subscription one = hub.subscribe(request().earliest().onlyUser(ONE));
        assertThat(one.replayed(), is(2L));
        assertThat(TestHub.texts(one), is(List.of(opened(2, Resume.FRESH, 2), "invalidation 3", "event 6")));
        Subscription all = hub.subscribe(request().earliest());
        assertThat(TestHub.texts(all).getFirst(), is(opened(2, Resume.FRESH, 5)));
    }

    @Test
    void aHeartbeatIsSentWhenItIsDueAndNotBefore() throws Exception {
        hub.publish(3);
        Subscription subscription = hub.subscribe(request());
        assertThat(TestHub.texts(subscription), is(List.of(opened(3, Resume.FRESH, 0))));
        for (int i = 0; i < 3; i++) {
            time.advance(TestHub.HEARTBEAT.minus(NANO));
            assertThat(TestHub.texts(subscription), is(List.of()));
            time.advance(NANO);
            assertThat(TestHub.texts(subscription), is(List.of(heartbeat(3))));
            assertThat(TestHub.texts(subscription), is(List.of()));
        }
    }

    @Test
    void aDeliveryPostponesTheHeartbeat() throws Exception {
        Subscription subscription = hub.subscribe(request());
        TestHub.texts(subscription);
        time.advance(TestHub.HEARTBEAT.minus(NANO));
        hub.publish(1);
        assertThat(TestHub.texts(subscription), is(List.of("event 1")));
        time.advance(TestHub.HEARTBEAT.minus(NANO));
        assertThat(TestHub.texts(subscription), is(List.of()));
        time.advance(NANO);
        assertThat(TestHub.texts(subscription), is(List.of(heartbeat(1))));
    }

    @Test
    void eventsPrecedeADueHeartbeat() throws Exception {
        Subscription subscription = hub.subscribe(request());
        TestHub.texts(subscription);
        hub.publish(2);
        time.advance(TestHub.HEARTBEAT);
        assertThat(TestHub.texts(subscription), is(List.of("event 1", "event 2")));
    }

    @Test
    void aHeartbeatHasTheCursorAfterEventsOfOtherUsers() throws Exception {
        Subscription subscription = hub.subscribe(request().onlyUser(ONE));
        assertThat(TestHub.texts(subscription), is(List.of(opened(0, Resume.FRESH, 0))));
        for (int i = 0; i < 5000; i++) {
            hub.publish(TWO);
        }
        assertThat(TestHub.texts(subscription), is(List.of()));
        time.advance(TestHub.HEARTBEAT);
        assertThat(TestHub.texts(subscription), is(List.of(heartbeat(5000))));
    }

    @Test
    void aReaderThatWantsNoNoticesGetsNone() throws Exception {
        hub.publish(1);
        Subscription subscription = hub.subscribe(TestRequest.of("g").earliest());
        assertThat(TestHub.texts(subscription), is(List.of("event 1")));
        time.advance(LONG);
        assertThat(TestHub.texts(subscription), is(List.of()));
        hub.close();
        assertThat(TestReader.take(subscription, new Delivery[1]), is(0));
    }

    private static List<Object> taken(Subscription subscription) throws InterruptedException {
        Delivery[] into = new Delivery[3];
        int n = TestReader.take(subscription, into);
        return TestHub.texts(Arrays.asList(into).subList(0, n));
    }

    @Test
    void aStoppedHubSendsGoAwayWithARandomRetryAfter() throws Exception {
        for (double chance : new double[] {0, 0.25, 0.75}) {
            TestHub closing = TestHub.roomy();
            closing.time.chance(chance);
            Subscription subscription = closing.subscribe(request());
            closing.close();
            Duration wait = Duration.ofMillis(200 + Math.round(chance * 2800));
            assertThat(taken(subscription), is(List.of(new GoAway(GoAway.Reason.SHUTDOWN, wait))));
            assertThat(taken(subscription), is(List.of()));
        }
    }

    @Test
    void aMovingReaderGetsGoAway() throws Exception {
        hub.time.chance(0.5);
        Subscription subscription = hub.subscribe(request());
        hub.hub.end(subscription, End.RECONNECT);
        assertThat(taken(subscription), is(List.of(new GoAway(GoAway.Reason.DRAIN, Duration.ofMillis(1600)))));
        assertThat(taken(subscription), is(List.of()));
    }

    @Test
    void aReplacedReaderGetsOneGoAway() throws Exception {
        Subscription older = hub.subscribe(request());
        TestHub.texts(older);
        hub.publish(1);
        hub.subscribe(request());
        assertThat(taken(older), is(List.of(new GoAway(GoAway.Reason.REPLACED, Duration.ZERO))));
        assertThat(taken(older), is(List.of()));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STOPPED", "RECONNECT", "REPLACED"})
    void noOtherEndSendsGoAway(End cause) throws Exception {
        Subscription subscription = hub.subscribe(request());
        hub.hub.end(subscription, cause);
        assertThat(taken(subscription), is(List.of()));
        assertThat(taken(subscription), is(List.of()));
    }
}
