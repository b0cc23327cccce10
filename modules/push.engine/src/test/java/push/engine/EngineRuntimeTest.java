package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The runtime of the real machine. */
class EngineRuntimeTest {

    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final EngineRuntime system = EngineRuntime.system();

    @Test
    void theNanosecondClockIsThatOfTheMachine() {
        long before = System.nanoTime();
        long now = system.nanoTime();
        assertThat(now - before, is(greaterThanOrEqualTo(0L)));
        assertThat(System.nanoTime() - now, is(greaterThanOrEqualTo(0L)));
    }

    @Test
    void randomNumbersAreFromZeroToBelowOneAndVary() {
        Set<Double> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            double random = system.random();
            assertThat(random, is(greaterThanOrEqualTo(0.0)));
            assertThat(random, is(lessThan(1.0)));
            seen.add(random);
        }
        assertThat(seen.size() > 1, is(true));
    }

    @Test
    void aThreadHasItsNameAndKeepsNoProcessAlive() throws Exception {
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        Thread started = system.start("a-name", () -> ran.complete(Thread.currentThread()));
        Thread runner = ran.get(20, TimeUnit.SECONDS);
        assertThat(runner == started, is(true));
        assertThat(started.getName(), is("a-name"));
        assertThat(started.isDaemon(), is(true));
        assertThat(started.join(Duration.ofSeconds(20)), is(true));
    }

    @Test
    void threadWaitsUntilItIsWoken() {
        AtomicBoolean mayEnd = new AtomicBoolean();
        Thread waiting = system.start("waiting", () -> {
            while (!mayEnd.get()) {
                system.park(this, HOUR);
            }
        });
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (waiting.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            mayEnd.set(true);
            system.unpark(waiting);
            waiting.join();
        });
    }

    @Test
    void aThreadWokenBeforeItsWaitDoesNotWait() {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            system.unpark(Thread.currentThread());
            system.park(this, HOUR);
        });
    }
}
