package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemRuntimeTest {

    private static final int LONG_SECONDS = 20;

    private final GateRuntime.Timer timer = GateRuntime.system().startTimer("test-timer");

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void tasksRunOnTheThreadOfTheTimer() throws Exception {
        CountDownLatch once = new CountDownLatch(1);
        CountDownLatch often = new CountDownLatch(3);
        var _ = timer.after(1, () -> countDown(once));
        timer.every(Duration.ofMillis(1), () -> countDown(often));
        assertThat(once.await(LONG_SECONDS, TimeUnit.SECONDS), is(true));
        assertThat(often.await(LONG_SECONDS, TimeUnit.SECONDS), is(true));
        assertThat("the repeated task does not count", timer.pending(), is(0));
    }

    private static void countDown(CountDownLatch latch) {
        if (Thread.currentThread().isDaemon()
                && Thread.currentThread().getName().equals("test-timer")) {
            latch.countDown();
        }
    }

    @Test
    void cancelledTaskIsForgotten() {
        Future<?> later = timer.after(Long.MAX_VALUE / 2, () -> {});
        assertThat(timer.pending(), is(1));
        later.cancel(false);
        assertThat(timer.pending(), is(0));
    }

    @Test
    void closedTimerIgnoresTasks() {
        var _ = timer.after(Long.MAX_VALUE / 2, () -> {});
        timer.close();
        var _ = timer.after(1, () -> {});
        timer.every(Duration.ofMillis(1), () -> {});
        assertThat(timer.pending(), is(0));
    }
}
