package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.engine.Notice.Gap;

/** The shortest forms of programs that once failed. */
class CounterExamplesTest {

    private static final UUID OTHER = new UUID(2, 2);

    private final FakeRuntime runtime = new FakeRuntime();
    private final Hub hub = Hub.builder(HubConfig.defaults()
                    .with(new RetentionConfig(Duration.ofMinutes(5), 2, 2_000, Duration.ofHours(1), 100, 32 << 20)))
            .runtime(runtime)
            .open();

    @AfterEach
    void close() {
        hub.close();
    }

    private void flood() {
        for (int i = 0; i < 100; i++) {
            hub.publisher().publish(TestEvents.event(""));
        }
    }

    /**
     * Formerly, a reader that was lapped by events for other users got a gap, because the index had forgotten whom
     * those events were for.
     */
    @Test
    void aFloodForOtherUsersIsNeitherAGapNorADrop() throws Exception {
        Subscription subscription =
                hub.subscribe(TestRequest.of("g").onlyUser(OTHER).withNotices().asked());
        flood();
        List<Delivery> deliveries = Drain.all(subscription);
        assertThat(deliveries.stream().filter(Gap.class::isInstance).count(), is(0L));
        assertThat(subscription.status().dropped(), is(0L));
        assertThat(subscription.cursor(), is(hub.status().head()));
    }

    /** A cursor must not become stale because the ring was overwritten with events for other users. */
    @Test
    void aCursorBeforeAFloodForOtherUsersIsResumed() throws Exception {
        String before = TestEvents.cursorOf(hub.publisher().publish(TestEvents.event("")));
        flood();
        Subscription subscription =
                hub.subscribe(TestRequest.of("g").onlyUser(OTHER).from(before).asked());
        assertThat(subscription.resume(), is(Resume.RESUMED));
    }

    /** Formerly, a reader got no gap for a restart if nothing had been published since. */
    @Test
    void aRestartIsReportedEvenIfTheNewLogIsEmpty() throws Exception {
        Subscription subscription =
                hub.subscribe(TestRequest.of("g").from("before-7").withNotices().asked());
        Cursor before = new Cursor("before", 7);
        Cursor start = new Cursor(hub.status().epoch(), 0);
        assertThat(
                Drain.all(subscription),
                contains(
                        new Notice.Opened(before, Resume.OTHER_EPOCH, 0, ""),
                        new Gap(start, before, start, 0, Gap.Reason.EPOCH_CHANGED, true)));
    }

    /** Formerly, the first notice had a cursor of the new epoch, so a cut right after it hid the restart. */
    @Test
    void aCutBetweenTheFirstNoticeAndTheGapDoesNotHideARestart() throws Exception {
        flood();
        Delivery[] batch = new Delivery[1];
        hub.subscribe(TestRequest.of("g").from("before-7").withNotices().asked())
                .poll(batch);
        String cursor = ((Notice.Opened) batch[0]).cursor().toString();
        Subscription again =
                hub.subscribe(TestRequest.of("g").from(cursor).withNotices().asked());
        assertThat(again.resume(), is(Resume.OTHER_EPOCH));
        assertThat(((Gap) Drain.all(again).get(1)).invalidationsMissed(), is(true));
    }
}
