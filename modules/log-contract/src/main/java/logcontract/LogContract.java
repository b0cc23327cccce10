package logcontract;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

    private static final UUID USER = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);
    private static final int THREADS = 4;
    private static final int EACH = 250;
    private static final List<String> TEXTS =
            IntStream.range(0, EACH).mapToObj(n -> "e" + n).toList();

    private LogUnderTest log = new LogUnderTest(new WaywardLog("unopened", 0, InstantSource.system()));

    /** For subclasses. */
    protected LogContract() {}

    /** Opens a log on the store of this test, which is empty at first, without starting it. */
    protected abstract EventLog open(LogContext context);

    /** Returns how this log can be made to fail. */
    protected LogFaults faults(EventLog opened) {
        return opened instanceof LogFaults faults ? faults : LogFaults.none();
    }

    @BeforeEach
    void start() throws Exception {
        log = new LogUnderTest(open(LogUnderTest.context()));
        log.start();
    }

    @AfterEach
    void close() {
        log.close();
    }

    /** Returns how the log can be made to fail. Skips the test if the log cannot suffer this fault. */
    private LogFaults require(Fault fault) {
        LogFaults faults = faults(log.opened());
        assumeTrue(faults.can(fault), () -> log.opened().name() + " cannot suffer " + fault);
        return faults;
    }

    @Test
    void anEventIsPassedOnAtThePositionThatItsPublisherIsTold() throws Exception {
        Position first = log.stored(TestEvent.of(USER, "a"));
        Position second = log.stored(TestEvent.of(OTHER, "b"));
        log.awaitEvents(2);
        assertThat(log.texts(), contains("a", "b"));
        assertThat(log.received().getFirst().sequence(), is(first.sequence()));
        assertThat(log.received().getLast().sequence(), is(second.sequence()));
        assertThat(first.epoch(), is(log.life().epoch()));
        assertThat(first.sequence(), is(greaterThan(log.life().base())));
        assertThat(second.sequence(), is(first.sequence() + 1));
    }

    @Test
    void appendsOfOneThreadKeepTheirOrderWithoutWaitingForEachOther() throws Exception {
        List<CompletionStage<Appended>> appends = appendWithoutWaiting();
        List<Long> stored = new ArrayList<>();
        for (CompletionStage<Appended> append : appends) {
            stored.add(((Position) LogUnderTest.answer(append)).sequence());
        }
        log.awaitEvents(EACH);
        assertThat(log.texts(), is(TEXTS));
        assertThat(stored, is(log.sequences()));
    }

    private List<CompletionStage<Appended>> appendWithoutWaiting() {
        return TEXTS.stream().map(text -> log.append(TestEvent.of(USER, text))).toList();
    }

    @Test
    void everyEventOfManyThreadsIsPassedOnOnceAndInTheOrderOfItsUser() throws Exception {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<List<Long>>> publishers = IntStream.range(0, THREADS)
                    .mapToObj(thread -> threads.submit(() -> publish(new UUID(9, thread))))
                    .toList();
            List<Long> stored = new ArrayList<>();
            for (Future<List<Long>> publisher : publishers) {
                stored.addAll(publisher.get(LogUnderTest.LONG.toSeconds(), TimeUnit.SECONDS));
            }
            log.awaitEvents(THREADS * EACH);
            long base = log.life().base();
            List<Long> expected = LongStream.rangeClosed(base + 1, base + THREADS * EACH)
                    .boxed()
                    .toList();
            assertThat(stored.stream().sorted().toList(), is(expected));
            assertThat(log.sequences(), is(expected));
            Map<UUID, List<String>> ofUser = log.received().stream()
                    .collect(groupingBy(one -> one.event().orderKey(), mapping(Received::text, toList())));
            assertThat(ofUser.values().stream().distinct().toList(), contains(TEXTS));
        }
    }

    private List<Long> publish(UUID user) throws Exception {
        List<Long> stored = new ArrayList<>();
        for (String text : TEXTS) {
            stored.add(log.stored(TestEvent.of(user, text)).sequence());
        }
        return stored;
    }

    @Test
    void aRepeatedOnceIdIsStoredOnce() throws Exception {
        UUID id = new UUID(7, 7);
        Position first = log.stored(TestEvent.of(USER, "a").once(id));
        assertThat(log.stored(TestEvent.of(USER, "a").once(id)), is(first));
        Position other = log.stored(TestEvent.of(USER, "a").once(new UUID(7, 8)));
        assertThat(other.sequence(), is(first.sequence() + 1));
        log.awaitEvents(2);
        assertThat(log.texts(), contains("a", "a"));
    }

    @Test
    void withoutAOnceIdEqualEventsAreTwo() throws Exception {
        Position first = log.stored(TestEvent.of(USER, "a"));
        assertThat(log.stored(TestEvent.of(USER, "a")).sequence(), is(first.sequence() + 1));
    }

    @Test
    void theLastPositionIsAtOrAfterEveryOneThatWasTold() throws Exception {
        Position stored = log.stored(TestEvent.of(USER, "a"));
        Position last = log.last();
        assertThat(last.epoch(), is(stored.epoch()));
        assertThat(last.sequence(), is(greaterThanOrEqualTo(stored.sequence())));
    }

    @Test
    void afterTheCloseEverythingStoredIsPassedOnAndNothingElseIsStored() throws Exception {
        List<CompletionStage<Appended>> appends = appendWithoutWaiting();
        log.close();
        List<Long> stored = new ArrayList<>();
        for (CompletionStage<Appended> append : appends) {
            if (LogUnderTest.answer(append) instanceof Position position) {
                stored.add(position.sequence());
            }
        }
        assertThat(log.sequences(), is(stored));
        assertThat(log.outcome(TestEvent.of(USER, "late")), is(new NotStored(NotStored.Reason.CLOSED)));
        assertThat(log.texts(), not(contains("late")));
    }

    @Test
    void anAppendWhoseAnswerIsLostCanBeRepeated() throws Exception {
        require(Fault.LOST_ANSWER).loseNextAnswer();
        repeatUntilStored();
    }

    @Test
    void anAppendThatIsLostCanBeRepeated() throws Exception {
        require(Fault.LOST_APPEND).loseNextAppend();
        repeatUntilStored();
    }

    /** The outcome of the first append is unknown. The second one has the same once-id, and makes no second event. */
    private void repeatUntilStored() throws Exception {
        TestEvent event = TestEvent.of(USER, "a").once(new UUID(7, 7));
        assertThat(log.outcome(event), is(instanceOf(Appended.Unknown.class)));
        Position position = log.stored(event);
        log.awaitEvents(1);
        assertThat(log.sequences(), contains(position.sequence()));
    }

    @Test
    void aLogThatIsAwaySaysSoAndCarriesOnOnceItIsBack() throws Exception {
        LogFaults faults = require(Fault.AWAY);
        log.stored(TestEvent.of(USER, "before"));
        faults.away();
        assertThat(log.outcome(TestEvent.of(USER, "meanwhile")), is(not(instanceOf(Position.class))));
        log.await("the log to be away", now -> now.state() == LogState.AWAY);
        faults.back();
        log.awaitReady();
        Position after = log.stored(TestEvent.of(USER, "after"));
        log.await("the event after it", now -> now.received().getLast().sequence() == after.sequence());
        assertThat(log.lives(), hasSize(1));
    }

    @Test
    void eventsThatAreGoneAreAHole() throws Exception {
        LogFaults faults = require(Fault.HOLE);
        Position before = log.stored(TestEvent.of(USER, "before"));
        faults.loseEvents(3);
        Position after = log.stored(TestEvent.of(USER, "after"));
        assertThat(after.sequence(), is(before.sequence() + 4));
        log.awaitEvents(2);
        assertThat(log.texts(), contains("before", "after"));
    }

    @Test
    void aNewStoreIsANewLife() throws Exception {
        LogFaults faults = require(Fault.NEW_LIFE);
        Position former = log.stored(TestEvent.of(USER, "before"));
        faults.beginAnew();
        log.await("a second life", now -> now.lives().size() == 2);
        log.awaitReady();
        Position position = log.stored(TestEvent.of(USER, "after"));
        assertThat(position.epoch(), is(log.life().epoch()));
        assertThat(position.epoch(), is(not(former.epoch())));
    }

    @Test
    void eventsOfAnotherHubArePassedOn() throws Exception {
        LogFaults faults = require(Fault.OTHER_HUB);
        log.stored(TestEvent.of(USER, "own"));
        faults.appendElsewhere(TestEvent.of(OTHER, "other"));
        log.awaitEvents(2);
        assertThat(log.texts(), contains("own", "other"));
    }
}
