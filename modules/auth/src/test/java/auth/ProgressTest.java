package auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final Progress progress = new Progress();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** Starts a thread that waits. Returns once it waits. */
    private Future<Boolean> waiting() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        Future<Boolean> waiting = threads.submit(() -> {
            progress.await(called::countDown, TIMEOUT);
            return true;
        });
        called.await(); // called under the lock, so the thread waits before others acquire it
        return waiting;
    }

    @Test
    void noCallerWaitsForAnIdleWorker() {
        progress.await(() -> {}, TIMEOUT);
        progress.begin();
        progress.end();
        progress.await(() -> {}, TIMEOUT);
    }

    @Test
    void stepThatBeganEarlierDoesNotCount() throws Exception {
        progress.begin();
        long before = progress.requested();
        Future<Boolean> waiting = waiting();
        progress.completed(before);
        assertThat(waiting.isDone(), is(false));
        progress.completed(progress.requested());
        assertThat(waiting.get(20, TimeUnit.SECONDS), is(true));
    }

    @Test
    void endReleasesAllWaitingThreads() throws Exception {
        progress.begin();
        Future<Boolean> one = waiting();
        Future<Boolean> two = waiting();
        progress.end();
        assertThat(one.get(20, TimeUnit.SECONDS), is(true));
        assertThat(two.get(20, TimeUnit.SECONDS), is(true));
    }

    @Test
    void waitIsBounded() {
        progress.begin();
        progress.await(() -> {}, Duration.ofMillis(1));
        progress.await(() -> {}, Duration.ZERO);
    }

    @Test
    void interruptEndsTheWaitAndIsKept() {
        progress.begin();
        Thread.currentThread().interrupt();
        progress.await(() -> {}, TIMEOUT);
        assertThat(Thread.interrupted(), is(true));
    }
}
