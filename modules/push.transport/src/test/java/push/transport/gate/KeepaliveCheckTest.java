package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static push.transport.gate.KeepaliveCheck.Action.CUT;
import static push.transport.gate.KeepaliveCheck.Action.NONE;
import static push.transport.gate.KeepaliveCheck.Action.PING;

import org.junit.jupiter.api.Test;

/** When a silent peer gets a ping, and when it is disconnected, with a limit of 90. */
class KeepaliveCheckTest {

    private final KeepaliveCheck check = new KeepaliveCheck();

    private KeepaliveCheck.Action next(long now, long heard) {
        return check.next(now, heard, 90);
    }

    @Test
    void aSilentPeerGetsOnePingAfterAThirdAndIsDisconnectedAtTheLimit() {
        assertThat(next(29, 0), is(NONE));
        assertThat(next(30, 0), is(PING));
        assertThat(next(89, 0), is(NONE));
        assertThat(next(90, 0), is(CUT));
    }

    @Test
    void aPeerThatAnswersBetweenChecksGetsAnotherPingAndStaysConnected() {
        for (long now = 0; now < 10_000; now += 70) {
            long answer = now - 69;
            assertThat(next(now, answer), is(PING));
        }
    }

    @Test
    void aLateCheckLeavesTimeToAnswer() {
        assertThat(next(1_000, 0), is(PING));
        assertThat(next(1_059, 0), is(NONE));
        assertThat(next(1_060, 0), is(CUT));
    }

    @Test
    void aPeerGetsAPingBeforeItIsDisconnected() {
        assertThat(next(50, 0), is(PING));
        check.reset();
        assertThat(next(100, 0), is(PING));
    }

    @Test
    void theClockMayBeNegativeAndOverflow() {
        long heard = Long.MAX_VALUE - 10;
        assertThat(next(heard + 30, heard), is(PING));
        assertThat(next(heard + 90, heard), is(CUT));
    }
}
