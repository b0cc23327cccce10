package notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import http.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class IdempotencyKeysTest {

    private static final Duration RETENTION = Duration.ofHours(24);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // as System.nanoTime, of any origin
    private final AtomicInteger published = new AtomicInteger();
    private final IdempotencyKeys keys = new IdempotencyKeys(RETENTION, nanos::get);

    private Answer publish() {
        int n = published.incrementAndGet();
        return new Answer(n, "e-" + n);
    }

    private Optional<Answer> once(String key, String body) {
        return keys.once(key, body.getBytes(UTF_8), this::publish);
    }

    private static Optional<Answer> accepted(int n) {
        return Optional.of(new Answer(n, "e-" + n));
    }

    @Test
    void sameKeyAndBodyGetTheFirstAnswerAndAreActedOnOnce() {
        assertThat(once("k", "body"), is(accepted(1)));
        assertThat(once("k", "body"), is(accepted(1)));
        assertThat(published.get(), is(1));
    }

    @Test
    void anotherKeyIsAnotherRequest() {
        once("k", "body");
        assertThat(once("l", "body"), is(accepted(2)));
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefusedAndNotActedOn() {
        once("k", "body");
        assertThat(once("k", "another"), is(Optional.empty()));
        assertThat(published.get(), is(1));
        assertThat(once("k", "body"), is(accepted(1)));
    }

    @Test
    void keyIsForgottenAfterItsRetention() {
        once("k", "body");
        nanos.addAndGet(RETENTION.toNanos() - 1);
        assertThat(once("k", "body"), is(accepted(1)));
        nanos.addAndGet(1);
        assertThat(once("k", "another"), is(accepted(2)));
    }

    @Test
    void repetitionDoesNotProlongTheRetention() {
        once("k", "body");
        nanos.addAndGet(RETENTION.toNanos() / 2);
        once("k", "body");
        nanos.addAndGet(RETENTION.toNanos() / 2);
        assertThat(once("k", "body"), is(accepted(2)));
    }

    @Test
    void failureIsThrownAndNotRemembered() {
        IllegalStateException failure = new IllegalStateException("closed");
        Throwable thrown = assertThrows(
                IllegalStateException.class,
                () -> keys.once("k", new byte[0], () -> {
                    throw failure;
                }));
        assertThat(thrown, is(failure));
        assertThat(once("k", "another"), is(accepted(1)));
    }

    @Test
    void ofManyKeysTheOldestIsForgottenFirst() {
        for (int i = 0; i < 100_001; i++) {
            once("k" + i, "body");
        }
        assertThat(once("k100000", "body"), is(accepted(100_001)));
        assertThat(once("k0", "body"), is(accepted(100_002)));
    }

    @Test
    void ofManyAtOnceOneIsActedOnAndAllGetItsAnswer() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 1; round <= 50; round++) {
                String key = "k" + round;
                List<Callable<Optional<Answer>>> requests = new ArrayList<>();
                for (int i = 0; i < 64; i++) {
                    requests.add(() -> once(key, "body"));
                }
                for (Future<Optional<Answer>> request : threads.invokeAll(requests)) {
                    assertThat(request.get(), is(accepted(round)));
                }
            }
        }
        assertThat(published.get(), is(50));
    }

    @Test
    void whoComesWhileTheFirstIsBeingActedOnWaitsForItsAnswer() {
        CountDownLatch acting = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Thread first = Thread.ofVirtual()
                .start(() -> keys.once("k", "body".getBytes(UTF_8), () -> {
                    acting.countDown();
                    await(mayEnd);
                    return publish();
                }));
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            acting.await();
            FutureTask<Optional<Answer>> second = new FutureTask<>(() -> once("k", "body"));
            Thread waiting = Thread.ofVirtual().start(second);
            while (waiting.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            assertThat(once("k", "another"), is(Optional.empty()));
            assertThat(second.isDone(), is(false));
            mayEnd.countDown();
            assertThat(second.get(), is(accepted(1)));
            first.join();
        });
        assertThat(published.get(), is(1));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Timeout(20)
    void whoWaitsForAnActionThatFailsGetsItsFailure() throws Exception {
        CountDownLatch acting = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        FutureTask<Optional<Answer>> first = new FutureTask<>(() -> keys.once("k", "body".getBytes(UTF_8), () -> {
            acting.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            throw Problem.stopped();
        }));
        Thread.ofVirtual().start(first);
        acting.await();
        FutureTask<Optional<Answer>> second = new FutureTask<>(() -> once("k", "body"));
        Thread waiting = Thread.ofVirtual().start(second);
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        mayEnd.countDown();
        assertThat(assertThrows(ExecutionException.class, first::get).getCause(), instanceOf(Problem.class));
        assertThat(assertThrows(ExecutionException.class, second::get).getCause(), instanceOf(Problem.class));
    }

    @Test
    void lateFailureForgetsOnlyItsOwn() {
        assertThrows(
                Problem.class,
                () -> keys.once("k", "body".getBytes(UTF_8), () -> {
                    nanos.addAndGet(RETENTION.toNanos()); // the key expires while it is being acted on
                    assertThat(once("k", "body"), is(accepted(1)));
                    throw Problem.stopped();
                }));
        assertThat(once("k", "body"), is(accepted(1)));
    }

    @Test
    void repetitionIsNoNewKeyAndForgetsNone() {
        for (int i = 1; i <= 100_000; i++) {
            once("k" + i, "body");
        }
        assertThat(once("k1", "body"), is(accepted(1)));
    }
}
