package conformance.soak;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntermittentDemandTest {

    private final IntermittentDemand demand = new IntermittentDemand(new SplittableRandom(1));

    private int allowed;

    /** Receives the requested messages, at most {@code atMost}, and returns their number. */
    private int receive(int more, int atMost) {
        allowed += more;
        int received = 0;
        while (allowed > 0 && received < atMost) {
            allowed += demand.afterMessage() - 1;
            received++;
        }
        return received;
    }

    @Test
    void requestsEverythingAtFirst() {
        assertThat(receive(demand.atStart(), 10_000), is(10_000));
    }

    @Test
    void requestsAlmostNothingUntilASmallLogOverflowsAndThenEverything() {
        receive(demand.atStart(), 10);
        long head = Phase.EXCESSIVE_LAG / 2;
        int pending = receive(demand.atTick(head, false), 1_000);
        assertThat(pending, is(lessThan(100)));
        int received = 0;
        for (int tick = 0; tick < 100; tick++) {
            received += receive(demand.atTick(head + Phase.EXCESSIVE_LAG - 1, false), 1_000);
        }
        assertThat(received, is(greaterThan(0)));
        assertThat(received, is(lessThan(300)));
        assertThat(receive(demand.atTick(head + 2 * Phase.EXCESSIVE_LAG, false), 10_000), is(10_000));
    }

    @Test
    void requestsEverythingOnceTheSoakIsCalm() {
        receive(demand.atStart(), 10);
        assertThat(receive(demand.atTick(Phase.EXCESSIVE_LAG, false), 1_000), is(lessThan(100)));
        assertThat(receive(demand.atTick(Phase.EXCESSIVE_LAG, true), 10_000), is(10_000));
    }
}
