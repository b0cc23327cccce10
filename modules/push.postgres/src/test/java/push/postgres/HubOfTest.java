package push.postgres;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import logcontract.CheckedTail;
import logcontract.CheckedTail.Received;
import logcontract.TestEvent;
import push.engine.spi.Appended;
import push.engine.spi.Appended.Position;
import push.engine.spi.EventLog;
import push.engine.spi.LogContext;
import push.engine.spi.LogState;

/** One hub's side of a log in PostgreSQL, with a clock that is an hour ahead. */
final class HubOfTest implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(30);

    final EventLog log;
    final CheckedTail tail = new CheckedTail();

    HubOfTest(String url) throws InterruptedException {
        log = new PostgresLogProvider().open(context(url));
        log.start(tail);
        await("a log that is ready", now -> now.state() == LogState.READY);
    }

    private static LogContext context(String url) {
        return new LogContext(
                "n",
                "1",
                Map.of("url", url),
                Duration.ofMinutes(5),
                64 << 20,
                Duration.ofHours(24),
                Duration.ofSeconds(5),
                () -> Instant.now().plus(Duration.ofHours(1)),
                (name, task) -> Thread.ofPlatform().daemon().name(name).start(task));
    }

    CompletableFuture<Appended> append(TestEvent event) {
        return log.append(event).toCompletableFuture();
    }

    Position stored(TestEvent event) throws Exception {
        return (Position) append(event).get(LONG.toSeconds(), SECONDS);
    }

    void awaitEvents(int events) throws InterruptedException {
        await(events + " events", now -> now.received().size() >= events);
    }

    void awaitLives(int lives) throws InterruptedException {
        await(lives + " lives", now -> now.lives().size() >= lives);
    }

    private void await(String what, java.util.function.Predicate<CheckedTail> condition) throws InterruptedException {
        tail.await(what, LONG, condition);
    }

    List<String> texts() {
        return tail.received().stream().map(Received::text).toList();
    }

    List<Long> sequences() {
        return tail.received().stream().map(Received::sequence).toList();
    }

    @Override
    public void close() {
        boolean _ = log.close(LONG);
        if (!tail.violations().isEmpty()) {
            throw new AssertionError(tail.violations().toString());
        }
    }
}
