package idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import database.Database;
import database.DatabaseConfig;
import http.Problem;
import http.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import testing.TestDatabase;

@ParameterizedClass
@EnumSource(TestDatabase.class)
@Timeout(120)
class IdempotencyKeysTest {

    private static final Duration RETENTION = Duration.ofHours(24);

    private final PassingTime clock = new PassingTime();
    private final List<String> published = new CopyOnWriteArrayList<>();
    private final String url;
    private Database database;
    private IdempotencyKeys keys;

    IdempotencyKeysTest(TestDatabase kind) {
        url = kind.freshUrl();
        database = Database.open(DatabaseConfig.of(url));
        keys = process();
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** One more process with the same database; while it waits for another one, time passes. */
    private IdempotencyKeys process() {
        return process(database.isExclusive());
    }

    private IdempotencyKeys process(boolean isAlone) {
        return new IdempotencyKeys(database, RETENTION, clock, isAlone, clock);
    }

    private static KeyedRequest request(String key, String body) {
        return KeyedRequest.of("/notifications", key, digest -> digest.update(body.getBytes(UTF_8)));
    }

    /** Publishes under its first id, and says under which. */
    private Attempt publishing(List<String> eventIds) {
        return attempt(true, () -> {
            published.add(eventIds.getFirst());
            return new Answer(202, "{\"id\":\"" + eventIds.getFirst() + "\"}");
        });
    }

    private static Attempt attempt(boolean begun, Callable<Answer> run) {
        return new Attempt() {

            @Override
            public Answer run() {
                try {
                    return run.call();
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }

            @Override
            public boolean begun() {
                return begun;
            }
        };
    }

    private Answer once(IdempotencyKeys of, String key, String body, String id) {
        return of.once(request(key, body), List.of(id), this::publishing);
    }

    private Answer once(String key, String body, String id) {
        return once(keys, key, body, id);
    }

    private static Answer answer(String id) {
        return new Answer(202, "{\"id\":\"" + id + "\"}");
    }

    private void assertRefused(String key, String body) {
        Problem problem = assertThrows(Problem.class, () -> once(key, body, "never"));
        assertThat(problem.type(), is(Optional.of(ProblemType.IDEMPOTENCY_KEY_REUSED)));
        assertThat(problem.status().code(), is(422));
    }

    @Test
    void sameKeyAndBodyGetTheFirstAnswerAndAreActedOnOnce() {
        assertThat(once("k", "body", "a"), is(answer("a")));
        assertThat(once("k", "body", "b"), is(answer("a")));
        assertThat(published, contains("a"));
    }

    @Test
    void answerIsKeptToTheLetter() {
        Answer odd = new Answer(207, "{\"é\":\"\\u0000🐦\",\"n\":" + "1".repeat(2_000_000) + "}");
        keys.once(request("k", ""), List.of("a"), ids -> attempt(true, () -> odd));
        assertThat(once("k", "", "b"), is(odd));
    }

    @Test
    void anotherKeyOrPathIsAnotherRequest() {
        once("k", "body", "a");
        assertThat(once("K", "body", "b"), is(answer("b")));
        assertThat(once("k ".strip() + "é'\"%", "body", "c"), is(answer("c")));
        assertThat(once("k".repeat(256), "body", "d"), is(answer("d")));
        KeyedRequest elsewhere =
                KeyedRequest.of("/notifications:batch", "k", digest -> digest.update("body".getBytes(UTF_8)));
        assertThat(keys.once(elsewhere, List.of("e"), this::publishing), is(answer("e")));
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefusedAndNotActedOn() {
        once("k", "body", "a");
        assertRefused("k", "another");
        assertThat(published, contains("a"));
        assertThat(once("k", "body", "b"), is(answer("a")));
    }

    @Test
    void keyIsForgottenAfterItsRetention() {
        once("k", "body", "a");
        clock.advance(RETENTION.minusMillis(1));
        assertThat(once("k", "body", "b"), is(answer("a")));
        clock.advance(Duration.ofMillis(1));
        assertThat(once("k", "another", "c"), is(answer("c")));
        assertThat(once("k", "another", "d"), is(answer("c")));
    }

    @Test
    void repetitionDoesNotProlongTheRetention() {
        once("k", "body", "a");
        clock.advance(RETENTION.dividedBy(2));
        once("k", "body", "b");
        clock.advance(RETENTION.dividedBy(2));
        assertThat(once("k", "body", "c"), is(answer("c")));
    }

    @Test
    void failureBeforeAnythingWasPublishedIsThrownAndLeavesTheKeyFree() {
        Problem failure = Problem.stopped();
        Problem thrown = assertThrows(
                Problem.class,
                () -> keys.once(
                        request("k", "body"),
                        List.of("a"),
                        ids -> attempt(false, () -> {
                            throw failure;
                        })));
        assertThat(thrown, is(sameInstance(failure)));
        assertThat(once("k", "another", "b"), is(answer("b")));
    }

    @Test
    void whatWasCutShortGoesOnUnderTheSameEventIds() {
        assertThrows(
                Problem.class,
                () -> keys.once(
                        request("k", "body"),
                        List.of("a"),
                        ids -> attempt(true, () -> {
                            throw Problem.stopped();
                        })));
        assertRefused("k", "another");
        assertThat(once(process(), "k", "body", "b"), is(answer("a")));
        assertThat(once("k", "body", "c"), is(answer("a")));
        assertThat(published, contains("a"));
    }

    @Test
    void answerSurvivesARestart() {
        once("k", "body", "a");
        database.close();
        database = Database.open(DatabaseConfig.of(url));
        keys = process();
        assertThat(once("k", "body", "b"), is(answer("a")));
        assertRefused("k", "another");
        assertThat(published, contains("a"));
    }

    @Test
    void claimOfAProcessThatHasGoneIsTakenOverUnderTheSameEventIds() {
        claimAndDie("k", "a");
        assertThat(once("k", "body", "b"), is(answer("a"))); // having waited for as long as it might live
        assertThat(once(process(), "k", "body", "c"), is(answer("a")));
        assertThat(published, contains("a"));
    }

    private void claimAndDie(String key, String id) {
        Claim claim = new KeyTable(database, UUID.randomUUID())
                .claim(
                        request(key, "body"),
                        List.of(id),
                        clock.instant(),
                        clock.instant().plus(RETENTION),
                        null);
        assertThat(claim, is(new Claim.Mine(List.of(id))));
    }

    @Test
    void processWhoseClockIsAnHourAheadIsNotWaitedForAnyLonger() {
        clock.put(Duration.ofHours(1));
        claimAndDie("k", "a");
        clock.put(Duration.ofHours(-1));
        long before = clock.nanoTime();
        assertThat(once("k", "body", "b"), is(answer("a")));
        Duration waited = Duration.ofNanos(clock.nanoTime() - before);
        assertThat(waited.compareTo(KeyTable.OWNERSHIP.plusSeconds(1)) < 0, is(true));
    }

    @Test
    void formerOwnerIsNotWaitedForByAProcessThatIsAlone() {
        for (boolean isAlone : new boolean[] {true, false}) {
            String key = "k" + isAlone;
            claimAndDie(key, "a");
            long before = clock.nanoTime();
            assertThat(once(process(isAlone), key, "body", "b"), is(answer("a")));
            assertThat(clock.nanoTime() == before, is(isAlone));
        }
    }

    @Test
    void otherBodyDoesNotWaitForAProcessThatMayHaveGone() {
        claimAndDie("k", "a");
        assertRefused("k", "another");
        assertThat(clock.instant(), is(new PassingTime().instant()));
    }

    @Test
    void answerOfAnotherProcessIsWaitedFor() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        IdempotencyKeys other = new IdempotencyKeys(database, RETENTION, clock, false, new IdempotencyKeys.Pause() {

            @Override
            public void rest(Duration time) {
                waits.countDown();
            }

            @Override
            public long nanoTime() {
                return 0;
            }
        });
        FutureTask<Answer> second = new FutureTask<>(() -> once(other, "k", "body", "b"));
        Answer first = keys.once(
                request("k", "body"),
                List.of("a"),
                ids -> attempt(true, () -> {
                    Thread.ofVirtual().start(second);
                    waits.await();
                    return publishing(ids).run();
                }));
        assertThat(first, is(answer("a")));
        assertThat(second.get(), is(answer("a")));
        assertThat(published, contains("a"));
    }

    @Test
    void whoWasTakenForDeadDoesNotOverwriteTheAnswerOfWhoTookOver() {
        IdempotencyKeys other = process();
        Answer late = keys.once(
                request("k", "body"),
                List.of("a"),
                ids -> attempt(true, () -> {
                    clock.advance(KeyTable.OWNERSHIP); // a pause of the whole machine
                    assertThat(once(other, "k", "body", "b"), is(answer("a")));
                    return new Answer(202, "\"late\"");
                }));
        assertThat(late, is(new Answer(202, "\"late\"")));
        assertThat(once("k", "body", "c"), is(answer("a")));
    }

    @Test
    void lateFailureForgetsNothingOfWhoTookOver() {
        IdempotencyKeys other = process();
        assertThrows(
                Problem.class,
                () -> keys.once(
                        request("k", "body"),
                        List.of("a"),
                        ids -> attempt(false, () -> {
                            clock.advance(KeyTable.OWNERSHIP);
                            once(other, "k", "body", "b");
                            throw Problem.stopped();
                        })));
        assertThat(once("k", "body", "c"), is(answer("a")));
    }

    @Test
    void answerThatCannotBeKeptIsGivenAllTheSame() {
        Answer first = keys.once(
                request("k", "body"),
                List.of("a"),
                ids -> attempt(true, () -> {
                    database.close();
                    return publishing(ids).run();
                }));
        assertThat(first, is(answer("a")));
        database = Database.open(DatabaseConfig.of(url));
        assertThat(once(process(), "k", "body", "b"), is(answer("a")));
        assertThat("again, under the same id", published, contains("a", "a"));
    }

    @Test
    void answerThatCannotBeStoredIsKeptUntilItCan() throws Exception {
        Answer first;
        try (Database small = Database.open(new DatabaseConfig(url(), "", "", 1))) {
            IdempotencyKeys own = new IdempotencyKeys(small, RETENTION, clock, false, clock);
            CountDownLatch taken = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(1);
            Thread busy = Thread.ofVirtual().unstarted(() -> {
                int _ = small.read(connection -> {
                    taken.countDown();
                    awaitUninterrupted(done);
                    return 0;
                });
            });
            first = own.once(
                    request("k", "body"),
                    List.of("a"),
                    ids -> attempt(true, () -> {
                        busy.start();
                        taken.await();
                        return publishing(ids).run();
                    }));
            assertThat("repeated", once(own, "k", "body", "b"), is(first));
            assertThrows(Problem.class, () -> once(own, "k", "another", "c"));
            done.countDown();
            busy.join();
            boolean _ = own.storeAnswers();
        }
        if (database.isExclusive()) {
            database = Database.open(DatabaseConfig.of(url));
        }
        assertThat("by another process", once(process(), "k", "body", "d"), is(first));
        assertThat(published, contains("a"));
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of the same database, which is closed before if only one process may have it. */
    private String url() {
        if (database.isExclusive()) {
            database.close();
        }
        return url;
    }

    @Test
    void ofManyAtOnceOneIsActedOnAndAllGetItsAnswer() throws Exception {
        List<IdempotencyKeys> processes = List.of(keys, realProcess(), realProcess());
        for (int round = 0; round < 5; round++) {
            String key = "k" + round;
            List<Answer> answers =
                    atOnce(200, i -> once(processes.get(i % processes.size()), key, "body", key + "-" + i));
            assertThat(answers.stream().distinct().count(), is(1L));
            assertThat(published.size(), is(round + 1));
        }
    }

    /** One that really waits. */
    private IdempotencyKeys realProcess() {
        return new IdempotencyKeys(database, RETENTION, clock, false);
    }

    @Test
    void manyKeysAtOnceAreEachActedOnOnce() throws Exception {
        List<Answer> answers = atOnce(200, i -> once("k" + i / 2, "body", "id-" + i));
        for (int i = 0; i < answers.size(); i += 2) {
            assertThat(answers.get(i), is(answers.get(i + 1)));
        }
        assertThat(published.size(), is(100));
        assertThat(published.stream().distinct().count(), is(100L));
    }

    private static List<Answer> atOnce(int callers, Function<Integer, Answer> call) throws Exception {
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            int caller = i;
            calls.add(() -> call.apply(caller));
        }
        List<Answer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    @Test
    void whoComesWhileTheFirstIsBeingActedOnWaitsForItsAnswer() throws Exception {
        FutureTask<Answer> second = new FutureTask<>(() -> once("k", "body", "b"));
        Answer first = keys.once(
                request("k", "body"),
                List.of("a"),
                ids -> attempt(true, () -> {
                    startAndAwaitThatItWaits(second);
                    assertRefused("k", "another");
                    assertThat(second.isDone(), is(false));
                    return publishing(ids).run();
                }));
        assertThat(first, is(answer("a")));
        assertThat(second.get(), is(answer("a")));
        assertThat(published, contains("a"));
    }

    private static void startAndAwaitThatItWaits(FutureTask<Answer> task) {
        Thread thread = Thread.ofVirtual().start(task);
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whoWaitsForAnAttemptThatFailsGetsItsFailure() {
        FutureTask<Answer> second = new FutureTask<>(() -> once("k", "body", "b"));
        assertThrows(
                Problem.class,
                () -> keys.once(
                        request("k", "body"),
                        List.of("a"),
                        ids -> attempt(false, () -> {
                            startAndAwaitThatItWaits(second);
                            throw Problem.stopped();
                        })));
        assertThat(assertThrows(ExecutionException.class, second::get).getCause(), instanceOf(Problem.class));
        assertThat(once("k", "body", "c"), is(answer("c")));
    }

    @Test
    void sweepForgetsWhatHasExpiredAndNothingElse() {
        for (int i = 0; i < 600; i++) {
            once("old" + i, "body", "a");
        }
        clock.advance(RETENTION.minusSeconds(1));
        once("young", "body", "y");
        clock.advance(Duration.ofSeconds(1));
        once("old0", "body", "again"); // claimed anew before it was swept
        published.clear();
        assertThat("a batch is small", keys.sweep(), is(true));
        assertThat(keys.sweep(), is(false));
        assertThat(once("young", "body", "z"), is(answer("y")));
        assertThat(once("old0", "body", "z"), is(answer("again")));
        assertThat(published.size(), is(0));
        assertThat(new KeyTable(database, UUID.randomUUID()).deleteExpired(clock.instant(), 1000), is(0));
    }
}
