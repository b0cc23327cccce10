package conformance.soak;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FitfulAppetiteTest {

    private final FitfulAppetite appetite = new FitfulAppetite(new SplittableRandom(1));

    private int allowed;

    /** Receives all that it lets come, up to that many messages; gives how many that were. */
    private int receive(int more, int atMost) {
        allowed += more;
        int received = 0;
        while (allowed > 0 && received < atMost) {
            allowed += appetite.afterMessage() - 1;
            received++;
        }
        return received;
    }

    @Test
    void takesWithoutEndAtFirst() {
        assertThat(receive(appetite.atStart(), 10_000), is(10_000));
    }

    @Test
    void takesNextToNothingForLongerThanASmallLogReachesAndThenAllAgain() {
        receive(appetite.atStart(), 10);
        long head = Phase.TOO_FAR / 2;
        int onItsWay = receive(appetite.atTick(head, false), 1_000);
        assertThat(onItsWay, is(lessThan(100)));
        int crumbs = 0;
        for (int tick = 0; tick < 100; tick++) {
            crumbs += receive(appetite.atTick(head + Phase.TOO_FAR - 1, false), 1_000);
        }
        assertThat(crumbs, is(greaterThan(0)));
        assertThat(crumbs, is(lessThan(300)));
        assertThat(receive(appetite.atTick(head + 2 * Phase.TOO_FAR, false), 10_000), is(10_000));
    }

    @Test
    void takesAllOnceItIsCalm() {
        receive(appetite.atStart(), 10);
        assertThat(receive(appetite.atTick(Phase.TOO_FAR, false), 1_000), is(lessThan(100)));
        assertThat(receive(appetite.atTick(Phase.TOO_FAR, true), 10_000), is(10_000));
    }
}
