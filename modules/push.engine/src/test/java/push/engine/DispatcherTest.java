package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import threads.LongLived;
import threads.Steps;
import threads.ThreadWatch;

class DispatcherTest {

    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Duration NANO = Duration.ofNanos(1);
    private static final String DISPATCHER = "push-dispatcher";
    private static final UUID ONE = new UUID(1, 1);
    private static final UUID TWO = new UUID(2, 2);

    private final TestHub hub = TestHub.roomy();
    private final FakeRuntime time = hub.time;
    private final List<Duration> maintained = new ArrayList<>();

    @AfterEach
    void close() {
        hub.close();
    }

    private DispatcherGroup dispatchers(Runnable maintenance, Duration interval) {
        return new DispatcherGroup(new Registry(1), time, maintenance, interval);
    }

    private DispatcherGroup dispatchers() {
        return dispatchers(() -> maintained.add(Duration.ofNanos(time.nanoTime())), INTERVAL);
    }

    private static String me() {
        return Thread.currentThread().getName();
    }

    private static int take(Subscription subscription) throws InterruptedException {
        return TestReader.take(subscription, new Delivery[1]);
    }

    /** Waits within the wait of another reader. */
    private static void takeWithin(Subscription inner, List<Integer> taken) {
        try {
            taken.add(take(inner));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aWaitingReaderIsWokenForAMatchingEvent() throws Exception {
        Subscription one = hub.subscribe(TestRequest.of("one").onlyUser(ONE));
        time.meanwhile(() -> {
            hub.publish(ONE);
            assertThat("the publisher wakes only the dispatcher", time.woken(), is(List.of(DISPATCHER)));
            hub.step();
            assertThat(time.woken(), is(List.of(me())));
        });
        assertThat(take(one), is(1));
        assertThat(one.cursor(), is(TestHub.at(1)));
    }

    @Test
    void aWaitingReaderIsNotWokenForOtherUsersEvents() throws Exception {
        Subscription one = hub.subscribe(TestRequest.of("one").onlyUser(ONE));
        time.meanwhile(() -> {
            hub.publish(TWO);
            hub.step();
            assertThat(time.woken(), is(List.of(DISPATCHER)));
            hub.hub.end(one, End.CANCELLED);
        });
        assertThat(take(one), is(0));
    }

    @Test
    void aReaderThatDoesNotWaitIsNotWoken() throws Exception {
        Subscription one = hub.subscribe(TestRequest.of("one"));
        hub.publish(1);
        assertThat("no reader waits, so no thread is woken", time.woken(), is(List.of()));
        assertThat(take(one), is(1));
        time.meanwhile(() -> hub.publish(1));
        assertThat(take(one), is(1));
        assertThat(time.woken(), is(List.of(DISPATCHER)));
        hub.step();
        hub.publish(1);
        hub.step();
        assertThat("the reader no longer waits", time.woken(), is(List.of()));
    }

    @Test
    void allWaitingReadersAreWokenInOneStep() throws Exception {
        Subscription first = hub.subscribe(TestRequest.of("first"));
        Subscription second = hub.subscribe(TestRequest.of("second"));
        List<Integer> taken = new ArrayList<>();
        time.meanwhile(() -> takeWithin(second, taken));
        time.meanwhile(() -> {
            hub.publish(3);
            assertThat("one wake-up for all three events", time.woken(), is(List.of(DISPATCHER)));
            hub.step();
            assertThat(time.woken(), is(List.of(me(), me())));
            hub.step();
            assertThat("no new events since", time.woken(), is(List.of()));
        });
        taken.add(take(first));
        assertThat(taken, is(List.of(1, 1)));
    }

    @Test
    void aSignalAfterAStepIsANewOne() throws Exception {
        Subscription one = hub.subscribe(TestRequest.of("one").onlyUser(ONE));
        time.meanwhile(() -> {
            for (int i = 0; i < 3; i++) {
                hub.publish(TWO);
                assertThat(time.woken(), is(List.of(DISPATCHER)));
                hub.step();
            }
            hub.hub.end(one, End.CANCELLED);
        });
        assertThat(take(one), is(0));
    }

    @Test
    void maintenanceRunsWhenItIsDueAndNotBefore() {
        time.advance(Duration.ofSeconds(5));
        Dispatcher dispatcher = dispatchers().members().getFirst();
        assertThat(dispatcher.step(), is(INTERVAL.toNanos()));
        time.advance(INTERVAL.minus(NANO));
        assertThat(dispatcher.step(), is(1L));
        assertThat(maintained, is(List.of()));
        time.advance(NANO);
        assertThat(dispatcher.step(), is(INTERVAL.toNanos()));
        assertThat(maintained, is(List.of(Duration.ofMillis(5250))));
        time.advance(INTERVAL.multipliedBy(3).plusMillis(1)); // so late that it would be due three times
        assertThat(dispatcher.step(), is(INTERVAL.toNanos()));
        assertThat(dispatcher.step(), is(INTERVAL.toNanos()));
        assertThat(maintained, is(List.of(Duration.ofMillis(5250), Duration.ofMillis(6001))));
        time.advance(INTERVAL.minus(NANO));
        assertThat(dispatcher.step(), is(1L));
        assertThat(maintained.size(), is(2));
    }

    @Test
    void theLoopWaitsUntilMaintenanceIsDueAndEndsAtTheClose() {
        DispatcherGroup dispatchers = dispatchers();
        dispatchers.start();
        time.meanwhile(() -> time.advance(Duration.ofMillis(100)));
        time.meanwhile(() -> time.advance(Duration.ofMillis(150)));
        time.meanwhile(dispatchers::close);
        time.tasks().getLast().run();
        assertThat(time.waits(), is(List.of(INTERVAL, Duration.ofMillis(150), INTERVAL)));
        assertThat(maintained, is(List.of(INTERVAL)));
        assertThat("close wakes the dispatcher", time.woken(), is(List.of(DISPATCHER)));
    }

    @Test
    void signalsFromTheMaintenanceAreServedInTheSameStep() {
        List<DispatcherGroup> own = new ArrayList<>();
        DispatcherGroup dispatchers = dispatchers(
                () -> {
                    maintained.add(Duration.ofNanos(time.nanoTime()));
                    own.getFirst().parking(); // a reader waits
                    own.getFirst().signal();
                },
                INTERVAL);
        own.add(dispatchers);
        dispatchers.start();
        time.advance(INTERVAL);
        time.meanwhile(dispatchers::close);
        time.tasks().getLast().run();
        assertThat(maintained.size(), is(1));
        assertThat(time.waits().size(), is(1));
        assertThat(time.woken(), is(List.of(DISPATCHER, DISPATCHER)));
    }

    @Test
    void aLoopThatIsAlwaysLateNeverWaits() {
        List<DispatcherGroup> own = new ArrayList<>();
        DispatcherGroup dispatchers = dispatchers(
                () -> {
                    maintained.add(Duration.ZERO);
                    if (maintained.size() == 3) {
                        own.getFirst().close();
                    }
                },
                Duration.ZERO);
        own.add(dispatchers);
        dispatchers.start();
        time.tasks().getLast().run();
        assertThat(maintained.size(), is(3));
        assertThat(time.waits(), is(List.of()));
    }

    @Test
    void aFailedMaintenanceDoesNotEndTheLoop() {
        List<Runnable> runs = List.of(
                () -> {
                    throw new IllegalStateException("once");
                },
                () -> {
                    throw new OutOfMemoryError("twice");
                },
                () -> {
                    throw new StackOverflowError("thrice");
                },
                () -> {
                    throw new NoClassDefFoundError("a second error");
                },
                () -> {
                    throw new Error("any other error");
                },
                () -> {});
        DispatcherGroup dispatchers = dispatchers(
                () -> {
                    maintained.add(Duration.ofNanos(time.nanoTime()));
                    runs.get(maintained.size() - 1).run();
                },
                INTERVAL);
        dispatchers.start();
        for (int i = 0; i < runs.size(); i++) {
            time.meanwhile(() -> time.advance(INTERVAL));
        }
        time.meanwhile(dispatchers::close);
        long failures = ThreadWatch.failures(LongLived.DISPATCHER);
        try (LogCapture log = new LogCapture(Steps.class)) {
            time.tasks().getLast().run();
            List<String> severe = log.lines().stream()
                    .filter(line -> line.startsWith("SEVERE"))
                    .toList();
            assertThat(severe.size(), is(5));
            assertThat(severe, everyItem(startsWith("SEVERE the thread push-dispatcher has failed, and continues")));
        }
        assertThat(ThreadWatch.failures(LongLived.DISPATCHER) - failures, is(5L));
        // The dispatcher waits after each failure until the next maintenance is due.
        assertThat(
                maintained,
                is(IntStream.rangeClosed(1, runs.size())
                        .mapToObj(INTERVAL::multipliedBy)
                        .toList()));
    }

    @Test
    void aDispatcherClosedBeforeItsStartNeverStarts() {
        DispatcherGroup dispatchers = dispatchers();
        dispatchers.parking();
        dispatchers.signal(); // no thread to wake yet
        dispatchers.close();
        assertThat(time.woken(), is(List.of()));
        dispatchers.start();
        time.advance(INTERVAL);
        time.tasks().getLast().run();
        assertThat(maintained, is(List.of()));
    }

    /** The next step wakes the readers that could not be woken, because there may be no other event for a long time. */
    @Test
    void aStepThatFailsLosesNoWakeUp() throws Exception {
        Subscription first = hub.subscribe(TestRequest.of("first"));
        Subscription second = hub.subscribe(TestRequest.of("second"));
        List<Integer> taken = new ArrayList<>();
        time.meanwhile(() -> takeWithin(second, taken));
        time.meanwhile(() -> {
            hub.publish(1);
            time.woken();
            time.atNextWaking(() -> {
                throw new OutOfMemoryError("no room");
            });
            try {
                hub.step();
            } catch (OutOfMemoryError e) {
                // The loop continues.
            }
            hub.step();
            assertThat(time.woken().size(), is(greaterThanOrEqualTo(2)));
        });
        taken.add(take(first));
        assertThat(taken, is(List.of(1, 1)));
    }
}
