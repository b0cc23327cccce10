package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static push.transport.gate.Silence.Step.ASK;
import static push.transport.gate.Silence.Step.GIVE_UP;
import static push.transport.gate.Silence.Step.WAIT;

import org.junit.jupiter.api.Test;

/** When a silent peer is asked, and when it is given up, with a limit of 90. */
class SilenceTest {

    private final Silence silence = new Silence();

    private Silence.Step step(long now, long heard) {
        return silence.step(now, heard, 90);
    }

    @Test
    void silentPeerIsAskedOnceAfterAThirdAndGivenUpAtTheLimit() {
        assertThat(step(29, 0), is(WAIT));
        assertThat(step(30, 0), is(ASK));
        assertThat(step(89, 0), is(WAIT));
        assertThat(step(90, 0), is(GIVE_UP));
    }

    @Test
    void peerThatAnswersBetweenLooksIsAskedAnewAndNotGivenUp() {
        for (long now = 0; now < 10_000; now += 70) {
            long answer = now - 69;
            assertThat(step(now, answer), is(ASK));
        }
    }

    @Test
    void lookThatComesLateLeavesTimeToAnswer() {
        assertThat(step(1_000, 0), is(ASK));
        assertThat(step(1_059, 0), is(WAIT));
        assertThat(step(1_060, 0), is(GIVE_UP));
    }

    @Test
    void peerOfWhichNothingWasExpectedIsAskedFirst() {
        assertThat(step(50, 0), is(ASK));
        silence.reset();
        assertThat(step(100, 0), is(ASK));
    }

    @Test
    void clockMayBeNegativeAndOverflow() {
        long heard = Long.MAX_VALUE - 10;
        assertThat(step(heard + 30, heard), is(ASK));
        assertThat(step(heard + 90, heard), is(GIVE_UP));
    }
}
