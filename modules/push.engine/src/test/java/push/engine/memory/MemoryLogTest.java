package push.engine.memory;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import logcontract.CheckedTail;
import logcontract.TestEvent;
import org.junit.jupiter.api.Test;
import push.engine.spi.Appended;
import push.engine.spi.Appended.NotStored;
import push.engine.spi.Appended.Position;
import push.engine.spi.EventLog;
import push.engine.spi.LogContext;
import push.engine.spi.LogEvent;
import push.engine.spi.LogState;
import push.engine.spi.Tail;
import testing.MovingClock;

class MemoryLogTest {

    private static final TestEvent EVENT = TestEvent.of(new UUID(1, 1), "a");

    private final MovingClock clock = new MovingClock();
    private final MemoryLog log = new MemoryLog("e1", clock);

    /** Records its calls, and fails if a test sets {@code failing}. */
    private static final class FailingTail implements Tail {

        final List<String> words = new ArrayList<>();
        boolean failing;

        @Override
        public void begin(String epoch, long base, boolean bornEmpty) {
            words.add("begin " + epoch + " after " + base + " born empty " + bornEmpty);
        }

        @Override
        public void restore(long sequence, Instant publishedAt, Duration age, LogEvent event) {
            words.add("restore");
        }

        @Override
        public void lostInvalidations(long through) {
            words.add("lostInvalidations");
        }

        @Override
        public void append(long sequence, Instant publishedAt, Duration age, LogEvent event) {
            if (failing) {
                throw new IllegalStateException("no room");
            }
            words.add(sequence + " at " + publishedAt + " age " + age);
        }

        @Override
        public void skip(long through, boolean invalidations) {
            words.add("skip");
        }

        @Override
        public LogEvent read(byte[] bytes) {
            return EVENT;
        }

        @Override
        public void announced(String id, long token, boolean here) {}

        @Override
        public void signal() {
            words.add("signal");
        }

        @Override
        public void state(LogState state) {
            words.add(state.name());
        }
    }

    private static Appended append(EventLog log, LogEvent event) {
        return log.append(event).toCompletableFuture().resultNow();
    }

    @Test
    void everyEventGetsTheNextSequenceAndTheTimeAndIsSignalled() {
        FailingTail tail = new FailingTail();
        log.start(tail);
        Instant start = clock.instant();
        assertThat(append(log, EVENT), is(new Position("e1", 1)));
        clock.advance(Duration.ofSeconds(1));
        assertThat(append(log, EVENT), is(new Position("e1", 2)));
        assertThat(
                tail.words,
                contains(
                        "begin e1 after 0 born empty true",
                        "READY",
                        "1 at " + start + " age PT0S",
                        "signal",
                        "2 at " + start.plusSeconds(1) + " age PT0S",
                        "signal"));
    }

    @Test
    void aFailedAppendLeavesNoHole() {
        FailingTail tail = new FailingTail();
        log.start(tail);
        tail.failing = true;
        assertThrows(IllegalStateException.class, () -> append(log, EVENT));
        tail.failing = false;
        assertThat(append(log, EVENT), is(new Position("e1", 1)));
    }

    @Test
    void aOnceIdIsRememberedUntilManyOthersFollow() {
        log.start(new CheckedTail());
        for (int n = 1; n <= 1 << 16; n++) {
            assertThat(append(log, EVENT.once(new UUID(7, n))), is(new Position("e1", n)));
        }
        assertThat(append(log, EVENT.once(new UUID(7, 1))), is(new Position("e1", 1)));
        assertThat(append(log, EVENT.once(new UUID(8, 1))), is(new Position("e1", (1 << 16) + 1)));
        assertThat(append(log, EVENT.once(new UUID(7, 2))), is(new Position("e1", 2)));
        assertThat(append(log, EVENT.once(new UUID(7, 1))), is(new Position("e1", (1 << 16) + 2)));
    }

    @Test
    void appendingBeforeTheStartIsRefused() {
        var refused = assertThrows(NullPointerException.class, () -> append(log, EVENT));
        assertThat(refused.getMessage(), is("the log was not started"));
    }

    @Test
    void hasANameAndDoesNotOutliveTheProcess() {
        assertThat(log.name(), is("memory"));
        assertThat(log.outlivesTheProcess(), is(false));
    }

    @Test
    void everyEpochIsUniqueAndFitsIntoACursor() {
        MemoryLogProvider provider = new MemoryLogProvider();
        assertThat(provider.name(), is("memory"));
        Set<String> epochs = new HashSet<>();
        InstantSource sameMoment = () -> Instant.ofEpochMilli(Long.parseLong("zzzz", 36));
        for (int i = 0; i < 100; i++) {
            EventLog made = provider.open(context(sameMoment));
            CheckedTail tail = new CheckedTail();
            made.start(tail);
            String epoch = tail.lives().getFirst().epoch();
            assertThat(epoch, matchesPattern("zzzz[0-9a-z]{1,60}"));
            epochs.add(epoch);
        }
        assertThat(epochs.size(), is(100));
    }

    private static LogContext context(InstantSource clock) {
        return new LogContext(
                "",
                "",
                Map.of(),
                Duration.ofMinutes(5),
                64 << 20,
                Duration.ofHours(24),
                Duration.ofSeconds(5),
                clock,
                (name, task) -> {
                    throw new AssertionError("the log needs no thread");
                });
    }

    @Test
    void aClosedLogRefusesAppends() {
        log.start(new CheckedTail());
        assertThat(log.close(Duration.ZERO), is(true));
        assertThat(log.close(Duration.ZERO), is(true));
        assertThat(append(log, EVENT), is(new NotStored(NotStored.Reason.CLOSED)));
    }
}
