package push.transport.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import push.transport.gate.RequestPace.Verdict;

class RequestPaceTest {

    private static final long START = Long.MAX_VALUE - 5; // the clock may overflow

    private final RequestPace pace = new RequestPace(Http1Limits.defaults(), START);

    private static long at(double seconds) {
        return START + (long) (seconds * 1e9);
    }

    private void first(double seconds, boolean hasBody) {
        pace.headEnds(at(seconds), hasBody);
    }

    @Test
    void onlyAConnectionThatWaitsForItsNextRequestIsIdle() {
        assertEquals(0, pace.idleNanos(at(9)));
        pace.headEnds(at(1), false);
        assertEquals(0, pace.idleNanos(at(20)));
        pace.asksForNext();
        pace.waits(at(21), 0);
        assertEquals(4_000_000_000L, pace.idleNanos(at(25)));
        pace.comes(at(26));
        assertEquals(0, pace.idleNanos(at(27)));
    }

    @Test
    void aConnectionThatSaysNothingIsClosed() {
        pace.waits(at(0), 0);
        assertEquals(Verdict.FINE, pace.look(at(9.9)));
        assertEquals(Verdict.CLOSE, pace.look(at(10)));
    }

    @Test
    void aByteASecondDoesNotMakeTheFirstHeadLive() {
        for (int second = 1; second < 10; second++) {
            pace.waits(at(second - 1), 0);
            pace.comes(at(second));
            pace.headBegins(at(second));
            assertEquals(Verdict.FINE, pace.look(at(second)));
        }
        assertEquals(Verdict.CLOSE, pace.look(at(10)));
    }

    @Test
    void laterHeadsHaveTheirTimeFromTheirFirstByte() {
        first(1, false);
        pace.asksForNext();
        pace.waits(at(2), 0);
        assertEquals(Verdict.FINE, pace.look(at(299)));
        pace.comes(at(300));
        pace.headBegins(at(300));
        pace.headBegins(at(309));
        assertEquals(Verdict.FINE, pace.look(at(309.9)));
        assertEquals(Verdict.TELL, pace.look(at(310)));
    }

    @Test
    void aBodyMustComeAtItsRateAfterTenSeconds() {
        first(1, true);
        pace.waits(at(2), 0);
        assertEquals(Verdict.FINE, pace.look(at(11.9)));
        assertEquals(Verdict.TELL, pace.look(at(12)));
        pace.comes(at(12));
        pace.waits(at(12), 10 * 1024);
        assertEquals(Verdict.FINE, pace.look(at(12)));
        assertEquals(Verdict.TELL, pace.look(at(12.1)));
    }

    @Test
    void noRequestTakesMoreThanThirtySeconds() {
        pace.comes(at(0));
        first(0, false);
        pace.asksForNext();
        pace.headBegins(at(1));
        pace.headEnds(at(6), true);
        pace.waits(at(6), 0);
        pace.comes(at(16));
        pace.waits(at(16), 1 << 20);
        assertEquals(Verdict.FINE, pace.look(at(30.9)));
        assertEquals(Verdict.TELL, pace.look(at(31)));
    }

    @Test
    void theTimeOfAHandlerIsNotThePeers() {
        first(0, true);
        pace.waits(at(0), 0);
        pace.comes(at(1));
        assertEquals(Verdict.FINE, pace.look(at(100)));
        pace.waits(at(100), 1000);
        assertEquals(Verdict.FINE, pace.look(at(108.9)));
        assertEquals(Verdict.TELL, pace.look(at(109)));
        pace.comes(at(109));
        pace.bodyEnds();
        assertEquals(Verdict.FINE, pace.look(at(1000)));
    }

    @Test
    void aShorterReadTimeoutHolds() {
        RequestPace strict = new RequestPace(
                Http1Limits.defaults().atMost(Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ofSeconds(2)), START);
        strict.headEnds(at(0), true);
        strict.waits(at(0), 0);
        strict.comes(at(1));
        strict.waits(at(1), 1000);
        assertEquals(Verdict.FINE, strict.look(at(2.9)));
        assertEquals(Verdict.TELL, strict.look(at(3)));
    }
}
