package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import push.api.Event;
import push.engine.spi.EventLog;
import push.engine.spi.Tail;

class MemoryLogTest {

    private static final Event EVENT = TestEvents.event("");

    private final FakeRuntime time = new FakeRuntime();
    private final MemoryLog log = new MemoryLog("e1", time);

    /** Says what it was handed, and fails when it is told to. */
    private static final class Handed implements Tail {

        final List<String> words = new ArrayList<>();
        boolean failing;

        @Override
        public void append(long sequence, Instant publishedAt, Event event) {
            if (failing) {
                throw new IllegalStateException("no room");
            }
            words.add(sequence + " at " + publishedAt);
        }

        @Override
        public void signal() {
            words.add("signal");
        }
    }

    @Test
    void everyEventGetsTheNextNumberAndTheTimeAndIsSignalled() {
        Handed tail = new Handed();
        log.start(tail);
        assertThat(log.append(EVENT), is(1L));
        time.advance(Duration.ofSeconds(1));
        assertThat(log.append(EVENT), is(2L));
        assertThat(
                tail.words, is(List.of("1 at 1970-01-01T00:00:00Z", "signal", "2 at 1970-01-01T00:00:01Z", "signal")));
        log.close();
    }

    @Test
    void anAppendThatFailedLeavesNoHole() {
        Handed tail = new Handed();
        log.start(tail);
        tail.failing = true;
        assertThrows(IllegalStateException.class, () -> log.append(EVENT));
        tail.failing = false;
        assertThat(log.append(EVENT), is(1L));
        log.close();
    }

    @Test
    void nothingIsTakenBeforeItIsStarted() {
        var refused = assertThrows(NullPointerException.class, () -> log.append(EVENT));
        assertThat(refused.getMessage(), is("the log was not started"));
        log.close();
    }

    @Test
    void tellsItsKindAndItsLife() {
        assertThat(log.kind(), is("memory"));
        assertThat(log.epoch(), is("e1"));
        log.close();
    }

    @Test
    void everyLifeHasANameOfItsOwnThatFitsIntoACursor() {
        MemoryLogProvider provider = new MemoryLogProvider();
        assertThat(provider.kind(), is("memory"));
        Set<String> epochs = new HashSet<>();
        InstantSource sameMoment = () -> Instant.ofEpochMilli(Long.parseLong("zzzz", 36));
        for (int i = 0; i < 100; i++) {
            try (EventLog made = provider.open(sameMoment)) {
                assertThat(made.epoch().startsWith("zzzz"), is(true));
                assertThat(new Cursor(made.epoch(), 1).sequence(), is(1L));
                epochs.add(made.epoch());
            }
        }
        assertThat(epochs.size(), is(100));
    }

    @Test
    void closedLogTakesNothing() {
        Handed handed = new Handed();
        log.start(handed);
        log.close();
        log.close();
        assertThat(log.append(EVENT), is(0L));
    }
}
