package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import push.api.Event;
import push.engine.spi.EventLog;
import push.engine.spi.Tail;

class LogPublisherTest {

    private static final UUID SESSION = new UUID(9, 9);
    private static final UUID NIL = new UUID(0, 0);

    private final FakeRuntime time = new FakeRuntime();
    private final HeardByObserver heard = new HeardByObserver();
    private final SlowLog log = new SlowLog();
    private boolean closed;
    private final LogPublisher publisher = new LogPublisher(log, () -> closed, time, heard);

    /** Takes three milliseconds for each event. */
    private final class SlowLog implements EventLog {

        long last;

        @Override
        public String kind() {
            return "slow";
        }

        @Override
        public String epoch() {
            return "e";
        }

        @Override
        public void start(Tail tail) {}

        @Override
        public long append(Event event) {
            time.advance(Duration.ofMillis(3));
            return ++last;
        }

        @Override
        public void close() {}
    }

    @Test
    void whatIsPublishedGetsACursorAndIsMeasured() {
        time.advance(Duration.ofSeconds(1));
        assertThat(publisher.publish(TestEvents.event("")), is(Optional.of("e-1")));
        assertThat(publisher.invalidate(TestEvents.USER, SESSION, "", ""), is(Optional.of("e-2")));
        assertThat(
                heard.words(),
                is(List.of("appended CLIENT_EVENT in 3000000", "appended SESSION_INVALIDATION in 3000000")));
    }

    @Test
    void afterTheCloseNothingHappens() {
        closed = true;
        assertThat(publisher.publish(TestEvents.event("")), is(Optional.empty()));
        assertThat(publisher.invalidate(TestEvents.USER, SESSION, "", ""), is(Optional.empty()));
        assertThat(log.last, is(0L));
        assertThat(heard.words(), is(List.of()));
    }

    @Test
    void invalidationWithoutAUserIsAWarningAndNothingElse() {
        try (LogCapture logged = new LogCapture(LogPublisher.class)) {
            assertThat(publisher.invalidate(null, SESSION, "a\nb", ""), is(Optional.empty()));
            assertThat(publisher.invalidate(NIL, null, "", ""), is(Optional.empty()));
            String skipped = "WARNING push session invalidation skipped: userID is required; device_session_id=";
            assertThat(logged.lines(), is(List.of(skipped + SESSION + " reason=a?b", skipped + "null reason=")));
        }
        assertThat(log.last, is(0L));
    }
}
