package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunningTimeTest {

    private static final long SECOND = 1_000_000_000;

    /** Runs after the underlying clock is read, and before its value is returned. */
    private Runnable meanwhile = () -> {};

    private final AtomicLong below = new AtomicLong(-SECOND);
    private final RunningTime time = new RunningTime(this::read);
    private final long begun = time.nanos();

    private long read() {
        long read = below.get();
        meanwhile.run();
        return read;
    }

    @Test
    void followsTheUnderlyingClockWhileTheProcessRuns() {
        for (int i = 0; i < 100; i++) {
            below.addAndGet(SECOND / 4);
            time.tick();
        }
        assertThat(time.nanos() - begun, is(25 * SECOND));
    }

    @Test
    void advancesByAtMostASecondWhileTheProcessStandsStill() {
        below.addAndGet(60 * SECOND);
        assertThat("before the tick", time.nanos() - begun, is(SECOND));
        time.tick();
        assertThat("after it", time.nanos() - begun, is(SECOND));
        below.addAndGet(SECOND / 2);
        assertThat(time.nanos() - begun, is(3 * SECOND / 2));
    }

    /**
     * A thread that asks for the time may be stopped within the call, and the next tick may happen before it continues.
     */
    @Test
    void aTickDuringACallDoesNotSetTheTimeBack() {
        meanwhile = () -> {
            meanwhile = () -> {};
            below.addAndGet(60 * SECOND);
            time.tick();
        };
        assertThat("read before the stop", time.nanos() - begun, is(0L));
        assertThat("read after it", time.nanos() - begun, is(SECOND));
    }

    @Test
    void neverGoesBackwards() {
        SplittableRandom random = new SplittableRandom(1);
        long last = time.nanos();
        for (int i = 0; i < 10_000; i++) {
            below.addAndGet(random.nextLong(3 * SECOND));
            if (random.nextBoolean()) {
                time.tick();
            }
            long now = time.nanos();
            assertThat(now >= last, is(true));
            last = now;
        }
    }
}
