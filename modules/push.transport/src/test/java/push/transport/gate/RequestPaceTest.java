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
    void onlyAConnectionBetweenRequestsIsIdle() {
        assertEquals(0, pace.idleNanos(at(9)));
        pace.headEnds(at(1), false);
        assertEquals(0, pace.idleNanos(at(20)));
        pace.awaitsNext();
        pace.waitBegins(at(21), 0);
        assertEquals(4_000_000_000L, pace.idleNanos(at(25)));
        pace.waitEnds(at(26));
        assertEquals(0, pace.idleNanos(at(27)));
    }

    @Test
    void aSilentConnectionIsClosed() {
        pace.waitBegins(at(0), 0);
        assertEquals(Verdict.OK, pace.check(at(9.9)));
        assertEquals(Verdict.CLOSE, pace.check(at(10)));
    }

    @Test
    void aByteASecondDoesNotExtendTheFirstHead() {
        for (int second = 1; second < 10; second++) {
            pace.waitBegins(at(second - 1), 0);
            pace.waitEnds(at(second));
            pace.headBegins(at(second));
            assertEquals(Verdict.OK, pace.check(at(second)));
        }
        assertEquals(Verdict.CLOSE, pace.check(at(10)));
    }

    @Test
    void theTimeOfALaterHeadStartsAtItsFirstByte() {
        first(1, false);
        pace.awaitsNext();
        pace.waitBegins(at(2), 0);
        assertEquals(Verdict.OK, pace.check(at(299)));
        pace.waitEnds(at(300));
        pace.headBegins(at(300));
        pace.headBegins(at(309));
        assertEquals(Verdict.OK, pace.check(at(309.9)));
        assertEquals(Verdict.TIMEOUT, pace.check(at(310)));
    }

    @Test
    void aBodyMustArriveAtTheMinimumRateAfterTenSeconds() {
        first(1, true);
        pace.waitBegins(at(2), 0);
        assertEquals(Verdict.OK, pace.check(at(11.9)));
        assertEquals(Verdict.TIMEOUT, pace.check(at(12)));
        pace.waitEnds(at(12));
        pace.waitBegins(at(12), 10 * 1024);
        assertEquals(Verdict.OK, pace.check(at(12)));
        assertEquals(Verdict.TIMEOUT, pace.check(at(12.1)));
    }

    @Test
    void noRequestTakesMoreThanThirtySeconds() {
        pace.waitEnds(at(0));
        first(0, false);
        pace.awaitsNext();
        pace.headBegins(at(1));
        pace.headEnds(at(6), true);
        pace.waitBegins(at(6), 0);
        pace.waitEnds(at(16));
        pace.waitBegins(at(16), 1 << 20);
        assertEquals(Verdict.OK, pace.check(at(30.9)));
        assertEquals(Verdict.TIMEOUT, pace.check(at(31)));
    }

    @Test
    void theTimeOfAHandlerDoesNotCountAgainstThePeer() {
        first(0, true);
        pace.waitBegins(at(0), 0);
        pace.waitEnds(at(1));
        assertEquals(Verdict.OK, pace.check(at(100)));
        pace.waitBegins(at(100), 1000);
        assertEquals(Verdict.OK, pace.check(at(108.9)));
        assertEquals(Verdict.TIMEOUT, pace.check(at(109)));
        pace.waitEnds(at(109));
        pace.bodyEnds();
        assertEquals(Verdict.OK, pace.check(at(1000)));
    }

    @Test
    void aShorterReadTimeoutApplies() {
        RequestPace strict = new RequestPace(
                Http1Limits.defaults().atMost(Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ofSeconds(2)), START);
        strict.headEnds(at(0), true);
        strict.waitBegins(at(0), 0);
        strict.waitEnds(at(1));
        strict.waitBegins(at(1), 1000);
        assertEquals(Verdict.OK, strict.check(at(2.9)));
        assertEquals(Verdict.TIMEOUT, strict.check(at(3)));
    }
}
