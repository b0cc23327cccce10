package logcontract;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import logcontract.CheckedTail.Life;
import logcontract.CheckedTail.Received;
import push.engine.spi.Appended;
import push.engine.spi.Appended.Position;
import push.engine.spi.EventLog;
import push.engine.spi.LogContext;
import push.engine.spi.LogState;

/**
 * A log, the tail that it passes its events to, and how a test waits for either. No wait is longer than {@link #LONG}.
 * Safe for any number of threads.
 */
final class LogUnderTest {

    /** Longer than any log takes to answer, or to notice that its store is away. */
    static final Duration LONG = Duration.ofSeconds(30);

    private final EventLog log;
    private final CheckedTail tail = new CheckedTail();

    LogUnderTest(EventLog log) {
        this.log = log;
    }

    /** Returns what a log is opened with. */
    static LogContext context() {
        return new LogContext(
                "n1",
                "1.0",
                Map.of(),
                Duration.ofMinutes(5),
                64 << 20,
                Duration.ofHours(24),
                Duration.ofSeconds(5),
                InstantSource.system(),
                (name, task) -> Thread.ofPlatform().daemon().name(name).start(task));
    }

    /** Starts the log, and waits until it is ready. */
    void start() throws InterruptedException {
        log.start(tail);
        awaitReady();
    }

    /** Closes the log, and checks that it kept to the contract in all its calls to the tail. */
    void close() {
        assertThat("closes in time", log.close(LONG), is(true));
        assertThat(tail.violations(), is(empty()));
    }

    /** Returns the log itself. */
    EventLog opened() {
        return log;
    }

    /** Appends an event without waiting. */
    CompletionStage<Appended> append(TestEvent event) {
        return log.append(event);
    }

    /** Appends an event, and waits for the outcome. */
    Appended outcome(TestEvent event) throws Exception {
        return answer(append(event));
    }

    /** Appends an event that the log must store, and returns its position. */
    Position stored(TestEvent event) throws Exception {
        Appended appended = outcome(event);
        assertThat(appended, is(instanceOf(Position.class)));
        return (Position) appended;
    }

    /** Asks the log for the last position. */
    Position last() throws Exception {
        return answer(log.last());
    }

    /** Waits for an answer of the log. */
    static <T> T answer(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    /** Waits until the tail has been told that the log is ready. */
    void awaitReady() throws InterruptedException {
        await("the log to be ready", now -> now.state() == LogState.READY);
    }

    /** Waits until the tail has received this many events in all. */
    void awaitEvents(int events) throws InterruptedException {
        await(events + " events", now -> now.received().size() >= events);
    }

    /** Waits until the tail has been told what the condition asks for. */
    void await(String what, Predicate<CheckedTail> condition) throws InterruptedException {
        tail.await(what, LONG, condition);
    }

    /** Returns the events that the tail has received. */
    List<Received> received() {
        return tail.received();
    }

    /** Returns the texts of the events that the tail has received. */
    List<String> texts() {
        return received().stream().map(Received::text).toList();
    }

    /** Returns the sequences of the events that the tail has received. */
    List<Long> sequences() {
        return received().stream().map(Received::sequence).toList();
    }

    /** Returns the lives of the log so far. */
    List<Life> lives() {
        return tail.lives();
    }

    /** Returns the present life of the log. */
    Life life() {
        return lives().getLast();
    }
}
