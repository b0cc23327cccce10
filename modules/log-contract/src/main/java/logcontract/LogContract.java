package logcontract;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import logcontract.CheckedTail.Received;
import logcontract.LogFaults.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import push.engine.spi.Appended;
import push.engine.spi.Appended.NotStored;
import push.engine.spi.Appended.Position;
import push.engine.spi.EventLog;
import push.engine.spi.LogContext;
import push.engine.spi.LogState;

/**
 * What every event log must do. A subclass opens the log. Its name ends in {@code LogContractTest}.
 *
 * <p>All logs of one test share one empty store.
 */
public abstract class LogContract {

    /** Longer than any log takes to answer, or to notice that its store is away. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final UUID USER = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);
    private static final int THREADS = 4;
    private static final int EACH = 250;

    private final CheckedTail tail = new CheckedTail();
    private EventLog log = unopened();

    /** For subclasses. */
    protected LogContract() {}

    /** Opens a log on the store of this test, which is empty at first, without starting it. */
    protected abstract EventLog open(LogContext context);

    /** Returns how this log can be made to fail. */
    protected LogFaults faults(EventLog opened) {
        return opened instanceof LogFaults faults ? faults : LogFaults.none();
    }

    private static EventLog unopened() {
        return new WaywardLog("unopened", 0, InstantSource.system());
    }

    @BeforeEach
    void start() throws Exception {
        log = open(new LogContext(
                "n1",
                Map.of(),
                Duration.ofMinutes(5),
                64 << 20,
                Duration.ofHours(24),
                InstantSource.system(),
                (name, task) -> Thread.ofPlatform().daemon().name(name).start(task)));
        log.start(tail);
        awaitReady();
    }

    @AfterEach
    void close() {
        assertThat("closes in time", log.close(LONG), is(true));
        assertThat(tail.violations(), is(empty()));
    }

    private void awaitReady() throws InterruptedException {
        tail.await("the log to be ready", LONG, now -> now.state() == LogState.READY);
    }

    private void require(Fault fault) {
        assumeTrue(faults(log).can(fault), () -> log.name() + " cannot suffer " + fault);
    }

    private static Appended ended(CompletionStage<Appended> append) throws Exception {
        return append.toCompletableFuture().get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    private Position stored(TestEvent event) throws Exception {
        Appended appended = ended(log.append(event));
        assertThat(appended, is(instanceOf(Position.class)));
        return (Position) appended;
    }

    private void awaitEvents(int events) throws InterruptedException {
        tail.await(events + " events", LONG, now -> now.received().size() >= events);
    }

    private List<String> texts() {
        return tail.received().stream().map(Received::text).toList();
    }

    @Test
    void anEventIsPassedOnAtThePositionThatItsPublisherIsTold() throws Exception {
        Position first = stored(TestEvent.of(USER, "a"));
        Position second = stored(TestEvent.of(OTHER, "b"));
        awaitEvents(2);
        assertThat(texts(), contains("a", "b"));
        assertThat(tail.received().getFirst().sequence(), is(first.sequence()));
        assertThat(tail.received().getLast().sequence(), is(second.sequence()));
        assertThat(first.epoch(), is(tail.lives().getLast().epoch()));
        assertThat(first.sequence(), is(greaterThan(tail.lives().getLast().base())));
        assertThat(second.sequence(), is(first.sequence() + 1));
    }

    @Test
    void appendsOfOneThreadKeepTheirOrderWithoutWaitingForEachOther() throws Exception {
        List<CompletionStage<Appended>> appends = IntStream.range(0, EACH)
                .mapToObj(n -> log.append(TestEvent.of(USER, "e" + n)))
                .toList();
        List<Long> told = new ArrayList<>();
        for (CompletionStage<Appended> append : appends) {
            told.add(((Position) ended(append)).sequence());
        }
        awaitEvents(EACH);
        assertThat(texts(), is(IntStream.range(0, EACH).mapToObj(n -> "e" + n).toList()));
        assertThat(told, is(tail.received().stream().map(Received::sequence).toList()));
    }

    @Test
    void everyEventOfManyThreadsIsPassedOnOnceAndInTheOrderOfItsUser() throws Exception {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<List<Long>>> publishers = IntStream.range(0, THREADS)
                    .mapToObj(thread -> threads.submit(() -> publish(new UUID(9, thread))))
                    .toList();
            List<Long> told = new ArrayList<>();
            for (Future<List<Long>> publisher : publishers) {
                told.addAll(publisher.get(LONG.toSeconds(), TimeUnit.SECONDS));
            }
            awaitEvents(THREADS * EACH);
            long base = tail.lives().getLast().base();
            List<Long> expected = LongStream.rangeClosed(base + 1, base + THREADS * EACH)
                    .boxed()
                    .toList();
            assertThat(told.stream().sorted().toList(), is(expected));
            assertThat(tail.received().stream().map(Received::sequence).toList(), is(expected));
            Map<UUID, List<String>> ofUser = tail.received().stream()
                    .collect(groupingBy(one -> one.event().orderKey(), mapping(Received::text, toList())));
            List<String> inOrder =
                    IntStream.range(0, EACH).mapToObj(n -> "e" + n).toList();
            assertThat(ofUser.values().stream().distinct().toList(), contains(inOrder));
        }
    }

    private List<Long> publish(UUID user) throws Exception {
        List<Long> told = new ArrayList<>();
        for (int n = 0; n < EACH; n++) {
            told.add(stored(TestEvent.of(user, "e" + n)).sequence());
        }
        return told;
    }

    @Test
    void aRepeatedOnceIdIsStoredOnce() throws Exception {
        UUID id = new UUID(7, 7);
        Position first = stored(TestEvent.of(USER, "a").once(id));
        assertThat(stored(TestEvent.of(USER, "a").once(id)), is(first));
        Position other = stored(TestEvent.of(USER, "a").once(new UUID(7, 8)));
        assertThat(other.sequence(), is(first.sequence() + 1));
        awaitEvents(2);
        assertThat(texts(), contains("a", "a"));
    }

    @Test
    void withoutAOnceIdEqualEventsAreTwo() throws Exception {
        Position first = stored(TestEvent.of(USER, "a"));
        assertThat(stored(TestEvent.of(USER, "a")).sequence(), is(first.sequence() + 1));
    }

    @Test
    void theLastPositionIsAtOrAfterEveryOneThatWasTold() throws Exception {
        Position told = stored(TestEvent.of(USER, "a"));
        Position last = log.last().toCompletableFuture().get(LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(last.epoch(), is(told.epoch()));
        assertThat(last.sequence(), is(greaterThanOrEqualTo(told.sequence())));
    }

    @Test
    void afterTheCloseEverythingStoredIsPassedOnAndNothingElseIsStored() throws Exception {
        List<CompletionStage<Appended>> appends = IntStream.range(0, EACH)
                .mapToObj(n -> log.append(TestEvent.of(USER, "e" + n)))
                .toList();
        assertThat(log.close(LONG), is(true));
        List<Long> told = new ArrayList<>();
        for (CompletionStage<Appended> append : appends) {
            if (ended(append) instanceof Position position) {
                told.add(position.sequence());
            }
        }
        assertThat(tail.received().stream().map(Received::sequence).toList(), is(told));
        assertThat(ended(log.append(TestEvent.of(USER, "late"))), is(new NotStored(NotStored.Reason.CLOSED)));
        assertThat(texts(), not(contains("late")));
    }

    @Test
    void anAppendWhoseAnswerIsLostCanBeRepeated() throws Exception {
        require(Fault.LOST_ANSWER);
        TestEvent event = TestEvent.of(USER, "a").once(new UUID(7, 7));
        faults(log).loseNextAnswer();
        assertThat(ended(log.append(event)), is(instanceOf(Appended.Unknown.class)));
        Position position = stored(event);
        awaitEvents(1);
        assertThat(tail.received().stream().map(Received::sequence).toList(), contains(position.sequence()));
    }

    @Test
    void anAppendThatIsLostCanBeRepeated() throws Exception {
        require(Fault.LOST_APPEND);
        TestEvent event = TestEvent.of(USER, "a").once(new UUID(7, 7));
        faults(log).loseNextAppend();
        assertThat(ended(log.append(event)), is(instanceOf(Appended.Unknown.class)));
        Position position = stored(event);
        awaitEvents(1);
        assertThat(tail.received().stream().map(Received::sequence).toList(), contains(position.sequence()));
    }

    @Test
    void aLogThatIsAwaySaysSoAndCarriesOnOnceItIsBack() throws Exception {
        require(Fault.AWAY);
        stored(TestEvent.of(USER, "before"));
        faults(log).away();
        assertThat(ended(log.append(TestEvent.of(USER, "meanwhile"))), is(not(instanceOf(Position.class))));
        tail.await("the log to be away", LONG, now -> now.state() == LogState.AWAY);
        faults(log).back();
        awaitReady();
        Position after = stored(TestEvent.of(USER, "after"));
        tail.await("the event after it", LONG, now -> now.received().getLast().sequence() == after.sequence());
        assertThat(tail.lives(), hasSize(1));
    }

    @Test
    void eventsThatAreGoneAreAHole() throws Exception {
        require(Fault.HOLE);
        Position before = stored(TestEvent.of(USER, "before"));
        faults(log).loseEvents(3);
        Position after = stored(TestEvent.of(USER, "after"));
        assertThat(after.sequence(), is(before.sequence() + 4));
        awaitEvents(2);
        assertThat(texts(), contains("before", "after"));
    }

    @Test
    void aNewStoreIsANewLife() throws Exception {
        require(Fault.NEW_LIFE);
        Position former = stored(TestEvent.of(USER, "before"));
        faults(log).beginAnew();
        tail.await("a second life", LONG, now -> now.lives().size() == 2);
        awaitReady();
        Position position = stored(TestEvent.of(USER, "after"));
        assertThat(position.epoch(), is(tail.lives().getLast().epoch()));
        assertThat(position.epoch(), is(not(former.epoch())));
    }

    @Test
    void eventsOfAnotherHubArePassedOn() throws Exception {
        require(Fault.OTHER_HUB);
        stored(TestEvent.of(USER, "own"));
        faults(log).appendElsewhere(TestEvent.of(OTHER, "other"));
        awaitEvents(2);
        assertThat(texts(), contains("own", "other"));
    }
}
