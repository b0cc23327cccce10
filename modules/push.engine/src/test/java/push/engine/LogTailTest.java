package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import logcontract.WaywardLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.engine.Notice.Gap;
import push.engine.Notice.Opened;
import push.engine.spi.LogEvent;
import push.engine.spi.Tail;

/** The hub on a log that starts at any sequence, has holes, starts a new epoch, and is away. */
class LogTailTest {

    private static final long BASE = 5_000_000;
    private static final UUID USER = TestEvents.USER;
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final FakeRuntime time = new FakeRuntime();
    private final WaywardLog log = new WaywardLog("w", BASE, time);
    private final HeardByObserver heard = new HeardByObserver();
    private final Hub hub = Hub.builder(HubConfig.defaults())
            .log(log)
            .runtime(time)
            .observe(heard)
            .open();

    @AfterEach
    void close() {
        hub.close();
    }

    private void publish(int events) {
        for (int n = 0; n < events; n++) {
            hub.publisher().publish(TestEvents.event(""));
        }
    }

    private static LogEvent stored() {
        return new StoredEvent(TestEvents.event(""), null);
    }

    private static LogEvent revoked(UUID session) {
        return new StoredEvent(TestEvents.invalidation(USER, session), null);
    }

    private Subscription subscribe(TestRequest request) throws SubscriptionRefused {
        return hub.subscribe(request.withNotices().asked());
    }

    private static List<Object> texts(Subscription subscription) {
        return TestHub.texts(subscription);
    }

    private static Cursor at(String epoch, long sequence) {
        return new Cursor(epoch, sequence);
    }

    private static Opened opened(Cursor cursor, Resume resume, long replayed) {
        return new Opened(cursor, resume, replayed, "");
    }

    @Test
    void aLogThatStartsLateReplaysItsFreshEvents() throws Exception {
        publish(2);
        assertThat(
                texts(subscribe(TestRequest.of("a").earliest())),
                contains(opened(at("w", BASE), Resume.FRESH, 2), "event 5000001", "event 5000002"));
        assertThat(
                texts(subscribe(TestRequest.of("b").from("w-5000001"))),
                contains(opened(at("w", BASE + 1), Resume.RESUMED, 1), "event 5000002"));
        Gap changed = new Gap(at("w", BASE), at("x", 7), at("w", BASE), 0, Gap.Reason.EPOCH_CHANGED, true);
        assertThat(
                texts(subscribe(TestRequest.of("c").from("x-7").onStale(StalePolicy.OLDEST_RETAINED))),
                contains(opened(at("x", 7), Resume.OTHER_EPOCH, 2), changed, "event 5000001", "event 5000002"));
    }

    @Test
    void aLiveReaderGetsAGapForAHole() throws Exception {
        Subscription live = subscribe(TestRequest.of("a"));
        publish(1);
        log.loseEvents(3, true);
        publish(1);
        heard.words();
        Gap hole = new Gap(at("w", BASE + 4), at("w", BASE + 1), at("w", BASE + 4), 3, Gap.Reason.EVICTED, true);
        assertThat(
                texts(live), contains(opened(at("w", BASE), Resume.FRESH, 0), "event 5000001", hole, "event 5000005"));
        assertThat(heard.words(), contains("gap w-5000001 to w-5000004 missed 3"));
    }

    @Test
    void aJumpOfTheSequenceIsAHole() throws Exception {
        EventStore store = new EventStore("e", 0, true, RetentionConfig.defaults(), new NoWireFormat(), time);
        store.append(1, time.instant(), Duration.ZERO, TestEvents.event(""));
        store.append(5, time.instant(), Duration.ZERO, TestEvents.event(""));
        assertThat(store.recent().holeAfter(1), is(4L));
        assertThat(store.recent().received(0, 5), is(2L));
        assertThat(store.hasLostInvalidations(1, 4, Interest.ALL), is(true));
        assertThat(store.hasLostInvalidations(4, 5, Interest.ALL), is(false));
        assertThrows(
                IllegalArgumentException.class,
                () -> store.append(5, time.instant(), Duration.ZERO, TestEvents.event("")));
    }

    @Test
    void aReaderPassesAHoleOfAnyLength() throws Exception {
        for (int length : List.of(1, 15, 16, 17, 4096, 1 << 20, (1 << 20) + 1, 100_000_000)) {
            Subscription live = subscribe(TestRequest.of("a"));
            texts(live);
            long before = hub.status().head().sequence();
            log.loseEvents(length, false);
            publish(1);
            List<Object> deliveries = texts(live);
            assertThat(((Gap) deliveries.getFirst()).missed(), is((long) length));
            assertThat(((Gap) deliveries.getFirst()).invalidationsMissed(), is(false));
            assertThat(deliveries.getLast(), is("event " + (before + length + 1)));
            assertThat(deliveries.size(), is(2));
        }
    }

    @Test
    void anOldEventIsRetainedForTheRestOfTheWindow() throws Exception {
        log.appendElsewhere(stored(), WINDOW.minusSeconds(1));
        assertThat(texts(subscribe(TestRequest.of("a").earliest())).size(), is(2));
        time.advance(Duration.ofSeconds(1));
        assertThat(texts(subscribe(TestRequest.of("b").earliest())).size(), is(1));
    }

    @Test
    void aNewEpochIsReportedAfterTheRestOfTheFormerOne() throws Exception {
        Subscription live = subscribe(TestRequest.of("a"));
        publish(2);
        log.beginAnew(40, false, () -> restore(7));
        publish(1);
        String epoch = log.epoch();
        Gap changed = new Gap(at(epoch, 0), at("w", BASE + 2), at(epoch, 40), 39, Gap.Reason.EPOCH_CHANGED, true);
        assertThat(
                texts(live),
                contains(
                        opened(at("w", BASE), Resume.FRESH, 0),
                        "event 5000001",
                        "event 5000002",
                        changed,
                        "invalidation 7",
                        "event 41"));
        assertThat(hub.status().epoch(), is(epoch));
    }

    private void restore(long sequence) {
        tail().restore(sequence, time.instant(), Duration.ZERO, revoked(new UUID(9, sequence)));
    }

    private Tail tail() {
        return hub.tail();
    }

    @Test
    void aReaderContinuesThroughManyEpochsAndIsWokenForEach() throws Exception {
        Subscription live = subscribe(TestRequest.of("a"));
        texts(live);
        for (int life = 1; life <= 3; life++) {
            log.beginAnew();
            List<Object> deliveries = texts(live);
            assertThat(((Gap) deliveries.getFirst()).reason(), is(Gap.Reason.EPOCH_CHANGED));
            assertThat(deliveries.size(), is(1));
            publish(1);
            assertThat(texts(live), contains("event 1"));
        }
    }

    @Test
    void aCursorOfAHubThatIsAheadIsNotAFutureCursor() throws Exception {
        publish(1);
        log.fallBehind(2);
        Subscription ahead = subscribe(TestRequest.of("a").from("w-5000003"));
        Subscription future = subscribe(TestRequest.of("b").from("w-5000004"));
        publish(3);
        assertThat(texts(ahead), contains(opened(at("w", BASE + 3), Resume.RESUMED, 0), "event 5000004"));
        assertThat(texts(future).getFirst(), is(opened(at("w", BASE + 1), Resume.FUTURE, 0)));
    }

    @Test
    void whileTheLogIsAwayNoSubscriptionIsAcceptedAndNothingIsPublished() throws Exception {
        Subscription live = subscribe(TestRequest.of("a"));
        log.away();
        assertThat(hub.accepting(), is(false));
        var refused = assertThrows(SubscriptionRefused.class, () -> subscribe(TestRequest.of("b")));
        assertThat(refused.reason(), is(SubscriptionRefused.Reason.LOG_UNAVAILABLE));
        publish(1);
        log.back();
        assertThat(hub.accepting(), is(true));
        publish(1);
        assertThat(texts(live), contains(opened(at("w", BASE), Resume.FRESH, 0), "event 5000001"));
    }

    @Test
    void lostInvalidationsOfTheLogAreReportedToEarlierCursors() throws Exception {
        publish(4);
        tail().lostInvalidations(BASE + 2);
        time.advance(WINDOW);
        Subscription before = subscribe(TestRequest.of("a").from("w-5000001"));
        Subscription after = subscribe(TestRequest.of("b").from("w-5000002"));
        assertThat(((Gap) texts(before).get(1)).invalidationsMissed(), is(true));
        assertThat(((Gap) texts(after).get(1)).invalidationsMissed(), is(false));
    }

    /** Formerly, the unknown sequences below the base counted as lost invalidations. */
    @Test
    void noEventPrecedesAnEpochThatWasBornEmpty() {
        RetentionConfig one = new RetentionConfig(WINDOW, 4, 64 << 20, Duration.ofHours(1), 1, 32 << 20);
        EventStore store = new EventStore("e", BASE, true, one, new NoWireFormat(), time);
        store.append(BASE + 1, time.instant(), Duration.ZERO, TestEvents.invalidation(USER, new UUID(9, 1)));
        store.append(BASE + 2, time.instant(), Duration.ZERO, TestEvents.invalidation(USER, new UUID(9, 2)));
        Interest ofAnother = new Interest(Set.of(new UUID(1, 1)), Set.of(), 0, 0);
        assertThat(store.hasLostInvalidations(0, BASE + 2, ofAnother), is(false));
        assertThat(store.hasLostInvalidations(0, BASE + 2, Interest.ALL), is(true));
    }

    @Test
    void restoredInvalidationsComeBeforeTheFirstEvent() {
        Tail fresh = new LogTail(RetentionConfig.defaults(), new NoWireFormat(), time, () -> {});
        assertThrows(IllegalStateException.class, () -> fresh.restore(1, time.instant(), Duration.ZERO, revoked(USER)));
        assertThrows(IllegalArgumentException.class, () -> fresh.begin("no-epoch", 0, true));
        assertThrows(IllegalArgumentException.class, () -> fresh.begin("e", -1, true));
    }
}
