package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.api.Outcome;
import push.engine.Notice.GoAway;

/**
 * A reader that keeps up gets every event whose publisher got a cursor before the drain ends the stream, in any
 * schedule of publishers, readers, new subscriptions and the drain. {@code -Ddrain.seed} repeats the schedules of
 * another run.
 */
class DrainUnderLoadTest {

    private static final int ROUNDS = 300;
    private static final long SEED =
            Long.getLong("drain.seed", RandomGenerator.getDefault().nextLong(1_000_000));
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final List<UUID> USERS = List.of(new UUID(1, 1), new UUID(2, 2));
    private static final int MAX_EVENTS_OF_A_PUBLISHER = 20_000;
    private static final int MAX_NEWCOMERS = 20;

    /** More events than a reader scans in one step. */
    private static final int BACKLOG = 5_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void everyAcknowledgedEventReachesEveryReader() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try {
                new Round(new SplittableRandom(SEED + round)).run();
            } catch (Exception | AssertionError e) {
                throw new AssertionError("-Ddrain.seed=%d, round %d: %s".formatted(SEED, round, e.getMessage()), e);
            }
        }
    }

    private static HubConfig roomy() {
        RetentionConfig retention =
                new RetentionConfig(Duration.ofMinutes(5), 64, 1 << 30, Duration.ofHours(1), 100, 32 << 20);
        return HubConfig.defaults().with(retention).withDrainGrace(Duration.ZERO);
    }

    /** The lifetime of a hub, from its first event to its end. */
    private final class Round {

        private final Hub hub = Hub.builder(roomy()).open();
        private final NavigableMap<Long, UUID> published = new TreeMap<>();
        private final List<Reading> readings = new ArrayList<>();
        private final List<Future<List<Delivery>>> read = new ArrayList<>();
        private final CountDownLatch enough = new CountDownLatch(1);
        private final CountDownLatch drained = new CountDownLatch(1);
        private final SplittableRandom random;

        Round(SplittableRandom random) {
            this.random = random;
        }

        void run() throws Exception {
            for (int n = random.nextInt(4) == 0 ? BACKLOG : 0; n > 0; n--) {
                published.put(publish(USERS.getFirst()), USERS.getFirst());
            }
            for (int i = 0; i < 6; i++) {
                subscribe("g" + i, random);
            }
            int publishedAtDrain = random.nextInt(2_000);
            List<Future<List<Long>>> publishers = new ArrayList<>();
            for (UUID user : USERS) {
                publishers.add(threads.submit(() -> publishUntilRefused(user, publishedAtDrain)));
            }
            Future<?> newcomers = threads.submit(this::subscribeUntilRefused);
            enough.await();
            drained.countDown();
            hub.drain(TIMEOUT);
            for (int i = 0; i < USERS.size(); i++) {
                UUID user = USERS.get(i);
                get(publishers.get(i)).forEach(sequence -> published.put(sequence, user));
            }
            get(newcomers);
            for (int i = 0; i < readings.size(); i++) {
                readings.get(i).check(get(read.get(i)), published);
            }
        }

        private long publish(UUID user) {
            return switch (hub.publisher().publish(TestEvents.event(user, "test"))) {
                case Outcome.Published published ->
                    Cursor.parse(published.cursor()).orElseThrow().sequence();
                case Outcome.NotPublished _, Outcome.Unknown _ -> 0;
            };
        }

        private List<Long> publishUntilRefused(UUID user, int enoughOfThem) {
            List<Long> acknowledged = new ArrayList<>();
            for (long sequence = publish(user);
                    sequence > 0;
                    sequence = mayContinue(acknowledged) ? publish(user) : 0) {
                acknowledged.add(sequence);
                if (acknowledged.size() >= enoughOfThem) {
                    enough.countDown();
                }
            }
            return acknowledged;
        }

        private static boolean mayContinue(List<Long> acknowledged) {
            return acknowledged.size() < MAX_EVENTS_OF_A_PUBLISHER;
        }

        private void subscribeUntilRefused() {
            SplittableRandom own = new SplittableRandom(SEED);
            try {
                for (int n = 0; n < MAX_NEWCOMERS; n++) {
                    subscribe("late" + n, own);
                }
            } catch (SubscriptionRefused e) {
                assertThat(e.reason(), is(SubscriptionRefused.Reason.STOPPED));
            }
        }

        private void subscribe(String id, SplittableRandom chance) throws SubscriptionRefused {
            TestRequest request = TestRequest.of(id);
            request = chance.nextBoolean() ? request.earliest() : request;
            request = chance.nextBoolean() ? request.withNotices() : request;
            UUID only = chance.nextBoolean() ? USERS.getLast() : null;
            request = only == null ? request : request.onlyUser(only);
            Subscription subscription = hub.subscribe(request.asked());
            Reading reading = new Reading(
                    subscription,
                    subscription.cursor().sequence(),
                    only,
                    request.asked().wantNotices());
            SplittableRandom own = chance.split();
            readings.add(reading);
            read.add(threads.submit(() -> readToTheEnd(subscription, own)));
        }

        private List<Delivery> readToTheEnd(Subscription subscription, SplittableRandom chance) throws Exception {
            List<Delivery> taken = new ArrayList<>();
            Delivery[] batch = new Delivery[1 + chance.nextInt(128)];
            if (chance.nextInt(4) == 0) {
                drained.await(); // starts to read only then
            }
            for (int n = TestReader.take(subscription, batch); n > 0; n = TestReader.take(subscription, batch)) {
                taken.addAll(Arrays.asList(batch).subList(0, n));
                if (chance.nextInt(16) == 0) {
                    LockSupport.parkNanos(chance.nextInt(50_000));
                }
            }
            hub.end(subscription, End.FAILED);
            return taken;
        }
    }

    /** The deliveries that a reader must get. */
    private record Reading(
            Subscription subscription, long from, @Nullable UUID only, boolean wantNotices) {

        void check(List<Delivery> taken, NavigableMap<Long, UUID> published) {
            List<Long> sequences = taken.stream()
                    .filter(Entry.class::isInstance)
                    .map(delivery -> ((Entry) delivery).sequence())
                    .toList();
            List<Long> due = published.tailMap(from, false).entrySet().stream()
                    .filter(event -> only == null || event.getValue().equals(only))
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(this + " got all published events", sequences.size(), is(due.size()));
            assertThat(sequences, is(due));
            assertThat(subscription.end().orElseThrow(), is(End.STOPPED));
            if (wantNotices) {
                assertThat(taken.getFirst(), instanceOf(Notice.Opened.class));
                assertThat(((GoAway) taken.getLast()).reason(), is(GoAway.Reason.SHUTDOWN));
                assertThat("only two notices", taken.size(), is(due.size() + 2));
            }
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        try {
            return future.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("a thread failed: " + e.getCause(), e);
        }
    }
}
