package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import push.api.ClientEvent;
import push.api.Outcome;
import push.api.Outcome.NotPublished;
import push.api.Outcome.Published;
import push.engine.spi.Appended;
import push.engine.spi.Appended.NotStored;
import push.engine.spi.Appended.Position;
import push.engine.spi.EventLog;
import push.engine.spi.LogEvent;
import push.engine.spi.Tail;

class LogPublisherTest {

    private static final UUID SESSION = new UUID(9, 9);
    private static final UUID NIL = new UUID(0, 0);
    private static final ClientEvent EVENT = TestEvents.event("");

    private final FakeRuntime time = new FakeRuntime();
    private final HeardByObserver heard = new HeardByObserver();
    private final ScriptedLog log = new ScriptedLog();
    private boolean closed;
    private boolean lost;
    private final LogPublisher publisher = new LogPublisher(log, () -> closed, () -> lost, time, heard);

    /** Completes each append when the test says so, three milliseconds later. */
    private final class ScriptedLog implements EventLog {

        final List<CompletableFuture<Appended>> appends = new ArrayList<>();
        final List<LogEvent> events = new ArrayList<>();
        boolean late;
        boolean fails;

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public boolean outlivesTheProcess() {
            return false;
        }

        @Override
        public void start(Tail tail) {}

        @Override
        public Duration age() {
            return Duration.ZERO;
        }

        @Override
        public boolean claimRepublication() {
            return false;
        }

        @Override
        public void endRepublication() {}

        @Override
        public CompletionStage<Appended> append(LogEvent event) {
            time.advance(Duration.ofMillis(3));
            if (fails) {
                throw new IllegalStateException("broken");
            }
            events.add(event);
            CompletableFuture<Appended> append = new CompletableFuture<>();
            appends.add(append);
            if (!late) {
                append.complete(new Position("e", appends.size()));
            }
            return append;
        }

        @Override
        public CompletionStage<Position> last() {
            return CompletableFuture.completedFuture(new Position("e", appends.size()));
        }

        @Override
        public boolean close(Duration atMost) {
            return true;
        }
    }

    private CompletableFuture<Outcome> publish() {
        return publisher.publish(EVENT, null).toCompletableFuture();
    }

    @Test
    void aPublishedEventGetsACursorAndIsMeasured() {
        time.advance(Duration.ofSeconds(1));
        assertThat(publisher.publish(EVENT), is(new Published("e-1")));
        assertThat(publisher.invalidate(TestEvents.USER, SESSION, "", ""), is(new Published("e-2")));
        assertThat(
                heard.words(),
                is(List.of("appended CLIENT_EVENT in 3000000", "appended SESSION_INVALIDATION in 3000000")));
    }

    @Test
    void publishingAfterTheCloseHasNoEffect() {
        closed = true;
        assertThat(publisher.publish(EVENT), is(new NotPublished(NotPublished.Reason.CLOSED)));
        assertThat(
                publisher.invalidate(TestEvents.USER, SESSION, "", ""),
                is(new NotPublished(NotPublished.Reason.CLOSED)));
        assertThat(log.events, is(List.of()));
        assertThat(heard.words(), is(List.of()));
    }

    @Test
    void anInvalidationWithoutAUserIsOnlyAWarning() {
        try (LogCapture logged = new LogCapture(LogPublisher.class)) {
            NotPublished noUser = new NotPublished(NotPublished.Reason.NO_USER);
            assertThat(publisher.invalidate(null, SESSION, "a\nb", ""), is(noUser));
            assertThat(publisher.invalidate(NIL, null, "", ""), is(noUser));
            String skipped = "WARNING push session invalidation skipped: userID is required; device_session_id=";
            assertThat(logged.lines(), is(List.of(skipped + SESSION + " reason=a?b", skipped + "null reason=")));
        }
        assertThat(log.events, is(List.of()));
    }

    @Test
    void theLogGetsTheEventAndTheOnceIdOfThePublisher() {
        UUID onceId = new UUID(7, 7);
        CompletionStage<Outcome> _ = publisher.publish(EVENT, onceId);
        CompletionStage<Outcome> _ = publisher.invalidate(TestEvents.USER, SESSION, "", null, "", "", null);
        LogEvent event = log.events.getFirst();
        assertThat(event.onceId().orElseThrow(), is(onceId));
        assertThat(event.orderKey(), is(TestEvents.USER));
        assertThat(event.isInvalidation(), is(false));
        assertThat(event.session().isEmpty(), is(true));
        LogEvent invalidation = log.events.getLast();
        assertThat(invalidation.onceId().isEmpty(), is(true));
        assertThat(invalidation.isInvalidation(), is(true));
        assertThat(invalidation.session().orElseThrow(), is(SESSION));
    }

    @Test
    void aLogMayAnswerLater() {
        log.late = true;
        CompletableFuture<Outcome> outcome = publish();
        assertThat(outcome.isDone(), is(false));
        time.advance(Duration.ofMillis(4));
        log.appends.getFirst().complete(new Position("e", 8));
        assertThat(outcome.join(), is(new Published("e-8")));
        assertThat(heard.words(), is(List.of("appended CLIENT_EVENT in 7000000")));
    }

    @Test
    void everyOutcomeIsPassedOn() {
        log.late = true;
        CompletableFuture<Outcome> away = publish();
        CompletableFuture<Outcome> ended = publish();
        CompletableFuture<Outcome> unknown = publish();
        CompletableFuture<Outcome> failed = publish();
        log.appends.get(0).complete(new NotStored(NotStored.Reason.AWAY));
        log.appends.get(1).complete(new NotStored(NotStored.Reason.CLOSED));
        log.appends.get(2).complete(new Appended.Unknown());
        try (LogCapture logged = new LogCapture(LogPublisher.class)) {
            log.appends.get(3).completeExceptionally(new IllegalStateException("broken"));
            assertThat(logged.lines().size(), is(1));
        }
        assertThat(away.join(), is(new NotPublished(NotPublished.Reason.LOG_UNAVAILABLE)));
        assertThat(ended.join(), is(new NotPublished(NotPublished.Reason.CLOSED)));
        assertThat(unknown.join(), is(new Outcome.Unknown()));
        assertThat(failed.join(), is(new Outcome.Unknown()));
        assertThat(heard.words(), is(List.of()));
    }

    @Test
    void aLogThatThrowsHasAnUnknownOutcome() {
        log.fails = true;
        try (LogCapture logged = new LogCapture(LogPublisher.class)) {
            assertThat(publisher.publish(EVENT), is(new Outcome.Unknown()));
            assertThat(logged.lines().size(), is(1));
        }
    }

    @Test
    void pendingAppendsAreLimited() {
        log.late = true;
        for (int n = 0; n < 1 << 15; n++) {
            assertThat(publish().isDone(), is(false));
        }
        assertThat(publish().join(), is(new NotPublished(NotPublished.Reason.LOG_UNAVAILABLE)));
        log.appends.getFirst().complete(new Position("e", 1));
        assertThat(publish().isDone(), is(false));
    }

    @Test
    void aSilentLogHasAnUnknownOutcomeWithinSeconds() {
        log.late = true;
        assertThat(publisher.publish(EVENT), is(instanceOf(Outcome.Unknown.class)));
    }
}
