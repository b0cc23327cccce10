package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import threads.LongLived;
import threads.ThreadWatch;

/** The supervisor's thread: an error in one task ends neither its repetition nor the others. */
class StreamSupervisorTest {

    private final long before = ThreadWatch.failures(LongLived.SUPERVISOR);
    private final ManualRuntime runtime = new ManualRuntime();
    private final StreamSupervisor supervisor = new StreamSupervisor(Duration.ofMinutes(1), runtime);

    private long failures() {
        return ThreadWatch.failures(LongLived.SUPERVISOR) - before;
    }

    @Test
    void continuesAfterErrors() {
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger checks = new AtomicInteger();
        supervisor.watch(now -> checks.incrementAndGet());
        supervisor.every(() -> {
            if (runs.incrementAndGet() <= 2) {
                throw new StackOverflowError("test");
            }
        });
        runtime.advance(Duration.ofSeconds(1));
        assertThat("the task runs again", runs.get(), is(4));
        assertThat("the connection is checked again", checks.get(), is(4));
        assertThat(failures(), is(2L));
        supervisor.close(Duration.ZERO);
        assertThat(ThreadWatch.failing().contains(LongLived.SUPERVISOR), is(false));
    }

    @Test
    void aFailingCheckDoesNotPreventOtherChecks() {
        AtomicInteger checks = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            supervisor.watch(now -> {
                checks.incrementAndGet();
                throw new IllegalStateException("test");
            });
        }
        runtime.advance(Duration.ofMillis(500));
        assertThat(checks.get(), is(4));
        supervisor.close(Duration.ZERO);
    }

    @Test
    void anErrorInADelayedTaskIsCounted() {
        AtomicInteger later = new AtomicInteger();
        var _ = supervisor.after(0, () -> {
            throw new StackOverflowError("test");
        });
        var _ = supervisor.after(1, later::incrementAndGet);
        assertThat(supervisor.timers(), is(2));
        runtime.advance(Duration.ofNanos(1));
        assertThat(later.get(), is(1));
        assertThat(supervisor.timers(), is(0));
        assertThat(failures(), is(1L));
        supervisor.close(Duration.ZERO);
    }

    /** The peers of a stopped process had no chance to be served. */
    @Test
    void timeWithoutAnyCheckCountsAsAtMostASecond() {
        long begun = supervisor.nanoTime();
        supervisor.close(Duration.ZERO); // no more checks
        runtime.advance(Duration.ofMinutes(1));
        assertThat(supervisor.nanoTime() - begun, is(Duration.ofSeconds(1).toNanos()));
    }
}
