package idempotency;

import static idempotency.Processes.answer;
import static idempotency.Processes.attempt;
import static idempotency.Processes.request;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import http.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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

/** Requests with the same key that arrive at once. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@Timeout(120)
class SimultaneousRequestsTest {

    private final Processes processes;

    SimultaneousRequestsTest(TestDatabase kind) {
        processes = new Processes(kind);
    }

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void oneOfManyIsActedOnAndAllGetItsResponse() throws Exception {
        List<IdempotencyKeys> three =
                List.of(processes.keys, processes.anotherInRealTime(), processes.anotherInRealTime());
        for (int round = 0; round < 5; round++) {
            String key = "k" + round;
            List<KeyedResponse> answers =
                    atOnce(200, i -> processes.once(three.get(i % three.size()), key, "body", key + "-" + i));
            assertThat(answers.stream().distinct().count(), is(1L));
            assertThat(processes.published.size(), is(round + 1));
        }
    }

    @Test
    void eachOfManyKeysIsActedOnOnce() throws Exception {
        List<KeyedResponse> answers = atOnce(200, i -> processes.once("k" + i / 2, "body", "id-" + i));
        for (int i = 0; i < answers.size(); i += 2) {
            assertThat(answers.get(i), is(answers.get(i + 1)));
        }
        assertThat(processes.published.size(), is(100));
        assertThat(processes.published.stream().distinct().count(), is(100L));
    }

    private static List<KeyedResponse> atOnce(int callers, Function<Integer, KeyedResponse> call) throws Exception {
        List<Callable<KeyedResponse>> calls = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            int caller = i;
            calls.add(() -> call.apply(caller));
        }
        List<KeyedResponse> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<KeyedResponse> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    @Test
    void secondRequestWaitsForTheResponseOfTheFirst() throws Exception {
        FutureTask<KeyedResponse> second = new FutureTask<>(() -> processes.once("k", "body", "b"));
        KeyedResponse first = processes.keys.once(
                request("k", "body"),
                List.of("a"),
                ids -> attempt(true, () -> {
                    startAndAwaitThatItWaits(second);
                    processes.assertRefused("k", "another");
                    assertThat(second.isDone(), is(false));
                    return processes.publishing(ids).run();
                }));
        assertThat(first, is(answer("a")));
        assertThat(second.get(), is(answer("a")));
        assertThat(processes.published, contains("a"));
    }

    private static void startAndAwaitThatItWaits(FutureTask<KeyedResponse> task) {
        Thread thread = Thread.ofVirtual().start(task);
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void secondRequestGetsTheFailureOfTheFirst() {
        FutureTask<KeyedResponse> second = new FutureTask<>(() -> processes.once("k", "body", "b"));
        assertThrows(
                Problem.class,
                () -> processes.keys.once(
                        request("k", "body"),
                        List.of("a"),
                        ids -> attempt(false, () -> {
                            startAndAwaitThatItWaits(second);
                            throw Problem.stopped();
                        })));
        assertThat(assertThrows(ExecutionException.class, second::get).getCause(), instanceOf(Problem.class));
        assertThat(processes.once("k", "body", "c"), is(answer("c")));
    }
}
