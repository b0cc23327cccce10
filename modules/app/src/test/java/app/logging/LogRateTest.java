package app.logging;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import app.logging.LogRate.Decision;
import app.logging.LogRate.LeaveOut;
import app.logging.LogRate.LeftOut;
import app.logging.LogRate.Write;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogRateTest {

    private static final long SECOND = 1_000_000_000;
    private static final Decision LEFT_OUT = new LeaveOut();

    private long now = -5 * SECOND;
    private final LogRate rate = new LogRate(() -> now);

    private Decision decide(String kind, String peer) {
        return rate.decide(kind, peer, 10, kind + " of " + peer);
    }

    @Test
    void oneLineASecondForAKindAndPeerAndTheNextSaysHowManyWereLeftOut() {
        assertThat(decide("reset", "a"), is(new Write(0)));
        for (int i = 0; i < 1000; i++) {
            now += SECOND / 2000;
            assertThat(decide("reset", "a"), is(LEFT_OUT));
        }
        now += SECOND / 2;
        assertThat(decide("reset", "a"), is(new Write(1000)));
        assertThat(rate.dropped(), is(1000L));
        now += SECOND;
        assertThat(decide("reset", "a"), is(new Write(0)));
    }

    @Test
    void otherKindsAndPeersAreNotHeldUp() {
        assertThat(decide("reset", "a"), is(new Write(0)));
        assertThat(decide("reset", "b"), is(new Write(0)));
        assertThat(decide("flood", "a"), is(new Write(0)));
    }

    @Test
    void whatWasLeftOutIsToldAlsoWhenNoOtherLineComes() {
        decide("reset", "a");
        decide("reset", "a");
        assertThat("within the second", rate.due(), empty());
        now += SECOND;
        assertThat(rate.due(), contains(new LeftOut("reset of a", 1)));
        assertThat("once", rate.due(), empty());
        assertThat("telling counts as a line", decide("reset", "a"), is(LEFT_OUT));
    }

    @Test
    void manyPeersTakeNoMoreThanTheirKindMayAndAreForgotten() {
        long written = IntStream.range(0, 100_000)
                .filter(peer -> decide("reset", "peer " + peer) instanceof Write)
                .count();
        assertThat(written, is(10L));
        assertThat(rate.pairs(), lessThanOrEqualTo(LogRate.MAX_PEERS));
        long told = 0;
        while (told < 100_000 - 10) {
            now += SECOND;
            told += rate.due().stream().mapToLong(LeftOut::count).sum();
        }
        assertThat(told, is(100_000L - 10));
        now += SECOND;
        rate.due();
        assertThat(rate.pairs(), is(0));
    }

    @Test
    void endlessKindsShareOne() {
        long written = IntStream.range(0, 10_000)
                .filter(kind -> decide("kind " + kind, "a") instanceof Write)
                .count();
        assertThat(written, lessThanOrEqualTo(LogRate.MAX_KINDS + 10L));
    }

    @Test
    void writingGoesOnAfterTheTableWasFull() {
        IntStream.range(0, 2000).forEach(peer -> decide("reset", "peer " + peer));
        decide("flood", "late");
        now += 2 * SECOND;
        rate.due();
        now += SECOND;
        assertThat(decide("flood", "late"), is(new Write(0)));
    }
}
