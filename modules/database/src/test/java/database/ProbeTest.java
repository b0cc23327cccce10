package database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import testing.Await;
import threads.LongLived;
import threads.ThreadWatch;

class ProbeTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void continuesAfterErrors() throws Exception {
        long before = ThreadWatch.failures(LongLived.DATABASE_PROBE);
        AtomicInteger attempts = new AtomicInteger();
        AtomicInteger allowed = new AtomicInteger();
        Runnable attempt = () -> {
            if (attempts.incrementAndGet() > allowed.get()) {
                throw new NoClassDefFoundError("test");
            }
        };
        try (Probe probe = new Probe(attempt, Duration.ofMillis(1))) {
            assertThat("before the first attempt", probe.isGood(), is(true));
            probe.start();
            Await.until("it fails", LONG, () -> attempts.get() > 3 && !probe.isGood());
            assertThat(ThreadWatch.failing().contains(LongLived.DATABASE_PROBE), is(true));
            allowed.set(Integer.MAX_VALUE);
            Await.until("it succeeds", LONG, probe::isGood);
            Await.until("it works again", LONG, () -> !ThreadWatch.failing().contains(LongLived.DATABASE_PROBE));
        }
        assertThat(ThreadWatch.failures(LongLived.DATABASE_PROBE) - before > 3, is(true));
    }
}
