package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlidingWindowLimitTest {

    private static final int SPAN = 3;
    private static final int LONGEST_PAUSE = 4;
    private static final int TRIES = 6;

    /** Tests every sequence of pauses, from different origins of the clock. */
    @Test
    void allowsTheSameTimesAsANaiveList() {
        for (long origin : List.of(0L, -5L, Long.MAX_VALUE - 4)) {
            for (int times = 1; times <= 3; times++) {
                for (int program = 0; program < Math.pow(LONGEST_PAUSE + 1, TRIES); program++) {
                    runs(program, times, origin);
                }
            }
        }
    }

    private static void runs(int program, int times, long origin) {
        SlidingWindowLimit limit = new SlidingWindowLimit(times, Duration.ofNanos(SPAN));
        List<Long> happened = new ArrayList<>();
        List<Boolean> expected = new ArrayList<>();
        List<Boolean> allowed = new ArrayList<>();
        long now = origin;
        for (int i = 0, pauses = program; i < TRIES; i++, pauses /= LONGEST_PAUSE + 1) {
            now += pauses % (LONGEST_PAUSE + 1);
            long at = now;
            boolean may = happened.stream().filter(t -> at - t < SPAN).count() < times;
            if (may) {
                happened.add(now);
            }
            expected.add(may);
            allowed.add(limit.tryAcquire(now));
        }
        assertThat(allowed, is(expected));
    }
}
