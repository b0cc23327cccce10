package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import logcontract.TestEvent;
import logcontract.WaywardLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.api.Outcome.NotPublished;
import push.api.Outcome.NotPublished.Reason;
import push.engine.spi.Appended.NotStored;

class HubTest {

    private final FakeRuntime time = new FakeRuntime();
    private final AtomicLong droppedMetric = new AtomicLong();
    private Hub hub = open(0, 10_000);

    private Hub open(int subscriberBuffer, int subscriberMax) {
        HubConfig config = new HubConfig(
                new RetentionConfig(Duration.ofMinutes(5), 16, 64 << 20, Duration.ofHours(24), 100, 32 << 20),
                subscriberBuffer,
                256 << 10,
                subscriberMax,
                Duration.ofSeconds(15),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                "n");
        HubObserver observer = new HubObserver() {
            @Override
            public void dropped(String gatewayClientId, long events) {
                droppedMetric.addAndGet(events);
            }
        };
        return Hub.builder(config).runtime(time).observe(observer).open();
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private static SubscriptionRequest request(String id, String cursor) {
        return SubscriptionRequest.of(id, cursor);
    }

    private String publish(int count) {
        String cursor = "";
        for (int i = 0; i < count; i++) {
            cursor = TestEvents.cursorOf(hub.publisher().publish(TestEvents.event("")));
        }
        return cursor;
    }

    @Test
    void aLiveSubscriptionGetsLaterEvents() throws Exception {
        publish(3);
        Subscription subscription = hub.subscribe(request("g", ""));
        publish(2);
        assertThat(Drain.sequences(subscription), contains(4L, 5L));
        assertThat(subscription.resume(), is(Resume.FRESH));
    }

    @Test
    void aResumedSubscriptionMissesAndRepeatsNothing() throws Exception {
        String cursor = publish(3);
        publish(2);
        Subscription subscription = hub.subscribe(request("g", cursor));
        publish(1);
        assertThat(subscription.resume(), is(Resume.RESUMED));
        assertThat(Drain.sequences(subscription), contains(4L, 5L, 6L));
    }

    @Test
    void startEarliestGetsEverythingRetained() throws Exception {
        publish(3);
        Subscription subscription =
                hub.subscribe(TestRequest.of("g").from("garbage").earliest().asked());
        assertThat(Drain.sequences(subscription), contains(1L, 2L, 3L));
    }

    @Test
    void aStaleCursorContinuesAtTheLiveTail() throws Exception {
        String cursor = publish(1);
        publish(1);
        time.advance(Duration.ofMinutes(5));
        Subscription subscription = hub.subscribe(request("g", cursor));
        publish(1);
        assertThat(subscription.resume(), is(Resume.STALE));
        assertThat(Drain.sequences(subscription), contains(3L));
    }

    @Test
    void aCursorOfAnotherEpochIsRecognized() throws Exception {
        String cursor = publish(1);
        hub.close();
        hub = open(0, 10);
        publish(5);
        assertThat(hub.subscribe(request("g", cursor)).resume(), is(Resume.OTHER_EPOCH));
    }

    @Test
    void aReaderThatTakesNothingLosesTheEventsBeyondItsBufferAndTheyAreCountedAtOnce() throws Exception {
        hub.close();
        hub = open(256, 10);
        Subscription slow = hub.subscribe(request("slow", ""));
        Subscription other = hub.subscribe(request("other", ""));
        int received = 0;
        for (int i = 0; i < 10_000; i++) {
            publish(1);
            received += Drain.sequences(other).size();
        }
        slow.detectLoss();
        assertThat(droppedMetric.get(), is(10_000L - 256));
        assertThat(slow.status().dropped(), is(10_000L - 256));
        assertThat(slow.status().state(), is(SubscriptionStatus.State.DROPPING));
        assertThat(Drain.sequences(slow).size(), is(256));
        assertThat(slow.status().state(), is(SubscriptionStatus.State.LIVE));
        assertThat(droppedMetric.get(), is(10_000L - 256));
        assertThat(received, is(10_000));
    }

    @Test
    void byDefaultALaggingReaderLosesNoRetainedEvent() throws Exception {
        Subscription slow = hub.subscribe(request("slow", ""));
        publish(10_000);
        assertThat(Drain.sequences(slow).size(), is(10_000));
        assertThat(droppedMetric.get(), is(0L));
    }

    @Test
    void aLappedReaderLosesExactlyTheEvictedEvents() throws Exception {
        Subscription slow = hub.subscribe(request("slow", ""));
        publish(10);
        time.advance(Duration.ofMinutes(5));
        publish(3);
        assertThat(Drain.sequences(slow), contains(11L, 12L, 13L));
        assertThat(slow.status().dropped(), is(10L));
    }

    @Test
    void aStalledReaderKeepsNoEventAlive() throws Exception {
        hub.close();
        RetentionConfig small = new RetentionConfig(Duration.ofMinutes(5), 2, 2_000, Duration.ofHours(1), 10, 32 << 20);
        hub = Hub.builder(HubConfig.defaults().with(small)).runtime(time).open();
        Subscription stalled = hub.subscribe(request("stalled", ""));
        publish(3);
        Delivery[] batch = new Delivery[1];
        stalled.poll(batch);
        WeakReference<Delivery> first = new WeakReference<>(batch[0]);
        batch[0] = null; // written or abandoned
        publish(100);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (first.get() != null) {
                System.gc();
            }
        });
        assertThat(stalled.end(), is(Optional.empty()));
    }

    @Test
    void aNewSubscriptionReplacesTheOlderOneOfTheSameIdForGood() throws Exception {
        Subscription older = hub.subscribe(request("g", ""));
        Subscription newer = hub.subscribe(request("g", ""));
        assertThat(older.end(), is(Optional.of(End.REPLACED)));
        hub.end(older, End.CANCELLED); // a late clean-up
        assertThat(older.end(), is(Optional.of(End.REPLACED)));
        assertThat(newer.end(), is(Optional.empty()));
        assertThat(hub.status().subscribers(), is(1));
    }

    /** A refused request does not end the subscription that holds the id, and does not count as a replacement. */
    @Test
    void aRefusedRequestDoesNotAffectLaterOnes() throws Exception {
        hub.close();
        hub = open(0, 2);
        Subscription holder = hub.subscribe(request("g", ""));
        Subscription other = hub.subscribe(request("other", ""));
        List<SubscriptionRequest> bad = List.of(
                TestRequest.of("g").from("garbage").onStale(StalePolicy.FAIL).asked(),
                TestRequest.of("g").from("another-1").onStale(StalePolicy.FAIL).asked(),
                TestRequest.of("new").asked());
        for (int i = 0; i < 60; i++) {
            SubscriptionRequest next = bad.get(i % bad.size());
            assertThrows(SubscriptionRefused.class, () -> hub.subscribe(next));
        }
        assertThat(holder.end(), is(Optional.empty()));
        assertThat(hub.status().subscribers(), is(2));
        for (int i = 0; i < 20; i++) {
            hub.subscribe(request("g", ""));
        }
        SubscriptionRefused refused = assertThrows(SubscriptionRefused.class, () -> hub.subscribe(request("g", "")));
        assertThat(refused.reason(), is(SubscriptionRefused.Reason.CONTESTED));
        assertThat(other.end(), is(Optional.empty()));
    }

    @Test
    void theLimitOfSubscriptionsStillAllowsReplacement() throws Exception {
        hub.close();
        hub = open(0, 2);
        hub.subscribe(request("a", ""));
        hub.subscribe(request("b", ""));
        SubscriptionRefused refused = assertThrows(SubscriptionRefused.class, () -> hub.subscribe(request("c", "")));
        assertThat(refused.reason(), is(SubscriptionRefused.Reason.TOO_MANY));
        hub.subscribe(request("b", ""));
        assertThat(hub.status().subscribers(), is(2));
    }

    @Test
    void aClosedHubEndsSubscriptionsRefusesNewOnesAndIgnoresPublishers() throws Exception {
        Subscription subscription = hub.subscribe(request("g", ""));
        publish(1);
        hub.close();
        hub.close();
        assertThat(subscription.end(), is(Optional.of(End.STOPPED)));
        assertThat(hub.publisher().publish(TestEvents.event("")), is(new NotPublished(Reason.CLOSED)));
        assertThat(hub.publisher().invalidate(TestEvents.USER, null, "", ""), is(new NotPublished(Reason.CLOSED)));
        SubscriptionRefused refused = assertThrows(SubscriptionRefused.class, () -> hub.subscribe(request("g", "")));
        assertThat(refused.reason(), is(SubscriptionRefused.Reason.STOPPED));
        assertThat(hub.status().retainedEvents(), is(1L));
    }

    @Test
    void invalidationWithoutAUserIsNotPublished() {
        assertThat(hub.publisher().invalidate(null, null, "", ""), is(new NotPublished(Reason.NO_USER)));
        assertThat(
                hub.publisher().invalidate(new java.util.UUID(0, 0), null, "", ""),
                is(new NotPublished(Reason.NO_USER)));
        assertThat(hub.status().retainedEvents(), is(0L));
    }

    @Test
    void anUnknownLogIsRefusedWithTheNamesOfTheKnownLogs() {
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> Hub.builder(HubConfig.defaults())
                        .log("kafka", Map.of())
                        .runtime(time)
                        .open());
        assertThat(refused.getMessage(), is("push.log must be one of memory, but was \"kafka\""));
    }

    @Test
    void aWaitingReaderIsWokenByAnEventAndByTheEnd() throws Exception {
        hub.close();
        hub = Hub.builder(HubConfig.defaults()).open();
        Subscription subscription = hub.subscribe(request("g", ""));
        List<Integer> taken = new ArrayList<>();
        Thread reader = Thread.ofVirtual().start(() -> {
            Delivery[] batch = new Delivery[1];
            try {
                for (int n = TestReader.take(subscription, batch); n > 0; n = TestReader.take(subscription, batch)) {
                    taken.add(n);
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        publish(100);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (subscription.status().delivered() < 100) {
                Thread.onSpinWait();
            }
            hub.end(subscription, End.CANCELLED);
            reader.join();
        });
        assertThat(taken.size(), is(100));
    }

    @Test
    void anEndedSubscriptionMakesRoomForAnother() throws Exception {
        Subscription subscription = hub.subscribe(request("g", ""));
        assertThat(hub.end(subscription, End.CANCELLED), is(true));
        assertThat(hub.status().subscribers(), is(0));
        assertThat(hub.end(subscription, End.STALLED), is(false));
    }

    @Test
    void aFailingObserverAffectsNoSubscription() throws Exception {
        try (TestHub failing = TestHub.roomy();
                LogCapture logged = new LogCapture(Hub.class)) {
            failing.publish(1);
            failing.heard.failAt("replaying 1");
            Subscription subscription = failing.subscribe(TestRequest.of("g").earliest());
            assertThat(TestHub.texts(subscription), is(List.of("event 1")));
            assertThat(logged.lines().getFirst(), startsWith("SEVERE push observer failed"));
        }
    }

    @Test
    void closeAlsoEndsTheDispatcherAndTheLog() {
        WaywardLog log = new WaywardLog("e", 0, time);
        Hub closing = Hub.builder(HubConfig.defaults()).log(log).runtime(time).open();
        assertThat(closing.accepting(), is(true));
        assertThat(time.woken(), is(List.of()));
        closing.close();
        closing.close();
        assertThat(closing.accepting(), is(false));
        assertThat(
                log.append(TestEvent.of(TestEvents.USER, "a"))
                        .toCompletableFuture()
                        .resultNow(),
                is(new NotStored(NotStored.Reason.CLOSED)));
        assertThat(Set.copyOf(time.woken()), is(Set.of("push-dispatcher")));
    }
}
