package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import testing.Await;
import threads.LongLived;
import threads.ThreadWatch;

/** The supervisor's thread: an error in one task ends neither its repetition nor the others. */
class StreamSupervisorTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final long before = ThreadWatch.failures(LongLived.SUPERVISOR);

    private long failures() {
        return ThreadWatch.failures(LongLived.SUPERVISOR) - before;
    }

    @Test
    void goesOnAfterErrors() throws Exception {
        StreamSupervisor supervisor = new StreamSupervisor(Duration.ofMinutes(1));
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger looks = new AtomicInteger();
        supervisor.watch(now -> looks.incrementAndGet());
        supervisor.every(() -> {
            if (runs.incrementAndGet() <= 2) {
                throw new StackOverflowError("test");
            }
        });
        Await.until("it runs again", LONG, () -> runs.get() > 3);
        Await.until("it looks", LONG, () -> looks.get() > 3);
        assertThat(failures(), is(2L));
        supervisor.close(Duration.ZERO);
        assertThat(ThreadWatch.failing().contains(LongLived.SUPERVISOR), is(false));
    }

    @Test
    void errorInADelayedTaskIsNoticed() throws Exception {
        StreamSupervisor supervisor = new StreamSupervisor(Duration.ofMinutes(1));
        CountDownLatch later = new CountDownLatch(1);
        var _ = supervisor.after(0, () -> {
            throw new StackOverflowError("test");
        });
        var _ = supervisor.after(1, later::countDown);
        assertThat(later.await(LONG.toSeconds(), TimeUnit.SECONDS), is(true));
        assertThat(failures(), is(1L));
        supervisor.close(Duration.ZERO);
    }
}
