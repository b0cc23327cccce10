package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.engine.Notice.Gap;
import push.engine.Notice.Gap.Reason;

class GapTest {

    private static final UUID ONE = new UUID(1, 1);
    private static final UUID TWO = new UUID(2, 2);

    private TestHub hub = TestHub.roomy();

    @AfterEach
    void close() {
        hub.close();
    }

    private static TestRequest request() {
        return TestRequest.of("g").withNotices();
    }

    private Subscription opened(TestRequest request) throws SubscriptionRefused {
        Subscription subscription = hub.subscribe(request);
        subscription.poll(new Delivery[1]);
        hub.heard.words();
        return subscription;
    }

    private void use(TestHub other) {
        hub.close();
        hub = other;
    }

    private static UUID session(int number) {
        return new UUID(9, number);
    }

    /** The next deliveries, at most {@code room}. */
    private static List<Object> next(Subscription subscription, int room) {
        Delivery[] into = new Delivery[room];
        int n = subscription.poll(into);
        return TestHub.texts(Arrays.asList(into).subList(0, n));
    }

    /** A gap without retained invalidations, whose end is its cursor. */
    private static Gap passed(long from, long to, long missed, Reason reason) {
        return new Gap(TestHub.at(to), TestHub.at(from), TestHub.at(to), missed, reason, false);
    }

    /** A gap with retained invalidations in it, whose start is its cursor. */
    private static Gap before(long from, long to, long missed, Reason reason) {
        return new Gap(TestHub.at(from), TestHub.at(from), TestHub.at(to), missed, reason, false);
    }

    @Test
    void aLappedReaderGetsOneGapForAllLostEvents() throws Exception {
        Subscription subscription = opened(request());
        hub.publish(2);
        hub.expire();
        hub.publish(1);
        hub.expire();
        hub.publish(2);
        assertThat(
                TestHub.texts(subscription), is(List.of(passed(0, 3, 3, Reason.SLOW_CONSUMER), "event 4", "event 5")));
        assertThat(subscription.status().dropped(), is(3L));
        assertThat(hub.heard.words().contains("gap e-0 to e-3 missed 3"), is(true));
    }

    @Test
    void everyEpisodeHasItsOwnGap() throws Exception {
        Subscription subscription = opened(request());
        for (long i = 0; i < 3; i++) {
            hub.publish(2);
            hub.expire();
            assertThat(TestHub.texts(subscription), is(List.of(passed(2 * i, 2 * i + 2, 2, Reason.SLOW_CONSUMER))));
        }
    }

    @Test
    void aReaderLosesOnlyTheEventsBeyondItsBuffer() throws Exception {
        use(new TestHub(2, 100));
        Subscription subscription = opened(request());
        hub.publish(2);
        hub.maintain();
        assertThat(subscription.status().state(), is(SubscriptionStatus.State.LIVE));
        hub.publish(8);
        assertThat(
                TestHub.texts(subscription), is(List.of(passed(0, 8, 8, Reason.SLOW_CONSUMER), "event 9", "event 10")));
    }

    @Test
    void theCursorStaysBeforeAGapUntilItsInvalidationsAreDelivered() throws Exception {
        Subscription subscription = opened(request());
        hub.publish(2);
        hub.invalidate(ONE, null);
        hub.publish(1);
        hub.invalidate(TWO, null);
        hub.publish(1);
        hub.expire();
        hub.publish(1);
        assertThat(next(subscription, 9), is(List.of(before(0, 6, 4, Reason.SLOW_CONSUMER))));
        assertThat(subscription.cursor(), is(TestHub.at(0)));
        assertThat(next(subscription, 1), is(List.of("invalidation 3")));
        assertThat(subscription.cursor(), is(TestHub.at(3)));
        assertThat(next(subscription, 9), is(List.of("invalidation 5")));
        assertThat(subscription.cursor(), is(TestHub.at(6)));
        assertThat(next(subscription, 9), is(List.of("event 7")));
    }

    @Test
    void aReaderThatResumesWithinAGapGetsTheRestOfIt() throws Exception {
        Subscription subscription = opened(request());
        hub.publish(1);
        hub.invalidate(ONE, null);
        hub.publish(1);
        hub.invalidate(TWO, null);
        hub.expire();
        assertThat(next(subscription, 1), is(List.of(before(0, 4, 2, Reason.SLOW_CONSUMER))));
        assertThat(next(subscription, 1), is(List.of("invalidation 2")));
        Subscription again = opened(request().from(subscription.cursor().toString()));
        assertThat(TestHub.texts(again), is(List.of(before(2, 4, 1, Reason.EXPIRED), "invalidation 4")));
    }

    @Test
    void aSupersededInvalidationIsNotMissed() throws Exception {
        Subscription subscription = opened(request());
        hub.publish(1);
        hub.invalidate(ONE, null);
        hub.expire();
        hub.invalidate(ONE, null);
        assertThat(TestHub.texts(subscription), is(List.of(passed(0, 2, 1, Reason.SLOW_CONSUMER), "invalidation 3")));
    }

    @Test
    void onlyRetainedInvalidationsMakeNoGap() throws Exception {
        Subscription subscription = opened(request());
        hub.invalidate(ONE, null);
        hub.invalidate(TWO, null);
        hub.expire();
        hub.publish(1);
        assertThat(TestHub.texts(subscription), is(List.of("invalidation 1", "invalidation 2", "event 3")));
        assertThat(subscription.status().dropped(), is(0L));
    }

    @Test
    void otherUsersEventsAreNotAGap() throws Exception {
        Subscription subscription = opened(request().onlyUser(ONE));
        hub.publish(TWO);
        hub.invalidate(TWO, null);
        hub.expire();
        hub.publish(TWO);
        hub.publish(ONE);
        assertThat(TestHub.texts(subscription), is(List.of("event 4")));
        assertThat(subscription.status().dropped(), is(0L));
        hub.publish(ONE);
        hub.publish(TWO);
        hub.expire();
        assertThat(TestHub.texts(subscription), is(List.of(passed(4, 6, 1, Reason.SLOW_CONSUMER))));
        assertThat(subscription.status().dropped(), is(1L));
    }

    @Test
    void aLossWithinAReportedGapIsTheNextGap() throws Exception {
        Subscription subscription = opened(request());
        hub.invalidate(ONE, null);
        hub.publish(1);
        hub.expire();
        assertThat(next(subscription, 1), is(List.of(before(0, 2, 1, Reason.SLOW_CONSUMER))));
        hub.publish(3);
        hub.expire();
        assertThat(TestHub.texts(subscription), is(List.of("invalidation 1", passed(2, 5, 3, Reason.SLOW_CONSUMER))));
        assertThat(subscription.status().dropped(), is(4L));
    }

    @Test
    void theGapOfAStaleCursorIsNotADropAndGrowsUntilItIsDelivered() throws Exception {
        hub.publish(4);
        hub.expire();
        hub.publish(2);
        Subscription stale = opened(request().from("e-1").onStale(StalePolicy.OLDEST_RETAINED));
        assertThat(stale.status().dropped(), is(0L));
        hub.expire();
        hub.publish(1);
        assertThat(TestHub.texts(stale), is(List.of(passed(1, 6, 5, Reason.EXPIRED), "event 7")));
        assertThat(stale.status().dropped(), is(2L));
        hub.publish(1);
        hub.expire();
        assertThat(TestHub.texts(stale), is(List.of(passed(7, 8, 1, Reason.SLOW_CONSUMER))));
    }

    @Test
    void aCursorOfAnotherEpochIsTheStartOfAGap() throws Exception {
        hub.publish(2);
        hub.invalidate(ONE, null);
        Cursor former = new Cursor("then", 99);
        TestRequest request = request().from(former.toString());
        Gap tail = new Gap(TestHub.at(0), former, TestHub.at(3), 2, Reason.EPOCH_CHANGED, true);
        assertThat(TestHub.texts(opened(request)), is(List.of(tail, "invalidation 3")));
        Gap oldest = new Gap(TestHub.at(0), former, TestHub.at(0), 0, Reason.EPOCH_CHANGED, true);
        assertThat(
                TestHub.texts(opened(request.onStale(StalePolicy.OLDEST_RETAINED))),
                is(List.of(oldest, "event 1", "event 2", "invalidation 3")));
    }

    @Test
    void aCursorOfAnotherEpochIsReportedEvenIfNothingWasPublished() throws Exception {
        Cursor former = new Cursor("then", 99);
        Subscription subscription = opened(request().from(former.toString()));
        hub.publish(1);
        Gap gap = new Gap(TestHub.at(0), former, TestHub.at(0), 0, Reason.EPOCH_CHANGED, true);
        assertThat(TestHub.texts(subscription), is(List.of(gap, "event 1")));
    }

    @Test
    void aDroppedInvalidationIsReportedAsMissing() throws Exception {
        use(new TestHub(0, 1));
        Subscription subscription = opened(request());
        Subscription two = opened(TestRequest.of("two").withNotices().onlyUser(TWO));
        hub.invalidate(ONE, null);
        hub.invalidate(TWO, null); // drops the first
        hub.expire();
        Gap gap = new Gap(TestHub.at(0), TestHub.at(0), TestHub.at(2), 0, Reason.SLOW_CONSUMER, true);
        assertThat(TestHub.texts(subscription), is(List.of(gap, "invalidation 2")));
        assertThat(TestHub.texts(two), is(List.of("invalidation 2")));
    }

    @Test
    void anInvalidationDroppedBeforeItIsTakenIsReportedLateAndOnce() throws Exception {
        use(new TestHub(0, 2));
        Subscription subscription = opened(request());
        hub.publish(1);
        hub.invalidate(ONE, session(1));
        hub.invalidate(ONE, session(2));
        hub.publish(1);
        hub.expire();
        assertThat(next(subscription, 1), is(List.of(before(0, 4, 2, Reason.SLOW_CONSUMER))));
        assertThat(next(subscription, 1), is(List.of("invalidation 2")));
        hub.invalidate(ONE, session(3)); // drops the invalidation that was taken
        hub.invalidate(ONE, session(4)); // drops the invalidation that was not taken
        Gap late = new Gap(TestHub.at(2), TestHub.at(2), TestHub.at(4), 0, Reason.SLOW_CONSUMER, true);
        assertThat(TestHub.texts(subscription), is(List.of(late, "invalidation 5", "invalidation 6")));
        assertThat(subscription.status().dropped(), is(2L));
    }

    @Test
    void aMissingInvalidationIsReportedOnceInAGap() throws Exception {
        use(new TestHub(0, 2));
        Subscription subscription = opened(request());
        hub.invalidate(ONE, session(1));
        hub.invalidate(ONE, session(2));
        hub.invalidate(ONE, session(3));
        hub.expire();
        Gap gap = new Gap(TestHub.at(0), TestHub.at(0), TestHub.at(3), 0, Reason.SLOW_CONSUMER, true);
        assertThat(next(subscription, 1), is(List.of(gap)));
        hub.invalidate(ONE, session(4)); // drops one more of this gap
        assertThat(TestHub.texts(subscription), is(List.of("invalidation 3", "invalidation 4")));
    }

    @Test
    void aReaderWithoutNoticesContinuesAndItsGapIsCounted() throws Exception {
        Subscription plain = hub.subscribe(TestRequest.of("plain"));
        hub.publish(3);
        hub.expire();
        hub.publish(1);
        hub.heard.words();
        try (LogCapture log = new LogCapture(Hub.class)) {
            assertThat(TestHub.texts(plain), is(List.of("event 4")));
            assertThat(hub.heard.words(), is(List.of("gap e-0 to e-3 missed 3")));
            assertThat(log.lines(), is(List.of()));
        }
        assertThat(plain.status().dropped(), is(3L));
    }

    @Test
    void invalidationsLostByAReaderWithoutNoticesAreAnError() throws Exception {
        use(new TestHub(0, 1));
        Subscription plain = hub.subscribe(TestRequest.of("plain"));
        Subscription withNotices = opened(request());
        hub.publish(1);
        hub.invalidate(ONE, null);
        hub.invalidate(TWO, null);
        hub.expire();
        hub.heard.words();
        try (LogCapture log = new LogCapture(Hub.class)) {
            assertThat(TestHub.texts(plain), is(List.of("invalidation 3")));
            assertThat(
                    log.lines(),
                    is(List.of("SEVERE push invalidations may be lost, and the gateway cannot be told;"
                            + " gateway_client_id=plain from=e-0 to=e-3 reason=SLOW_CONSUMER")));
            assertThat(hub.heard.words(), is(List.of("gap e-0 to e-3 missed 1")));
            TestHub.texts(withNotices); // this gateway gets a gap
            assertThat(log.lines(), is(List.of()));
        }
    }

    /**
     * Any cursor is safe to resume from, including the cursor of the first notice if the stream breaks right after it.
     */
    @Test
    void aReaderWithOnlyTheFirstNoticeStillGetsTheGapOfTheRestart() throws Exception {
        hub.publish(1);
        hub.invalidate(ONE, null);
        Subscription broken = hub.subscribe(request().from("then-99"));
        Delivery[] first = new Delivery[1];
        assertThat(broken.poll(first), is(1));
        String cursor = ((Notice.Opened) first[0]).cursor().toString();
        Subscription again = hub.subscribe(request().from(cursor));
        boolean reported = Drain.all(again).stream()
                .anyMatch(delivery -> delivery instanceof Gap gap && gap.invalidationsMissed());
        assertThat("reports that invalidations of the former epoch may be missing", reported, is(true));
    }
}
