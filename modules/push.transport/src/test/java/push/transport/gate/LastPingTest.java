package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastPingTest {

    private final LastPing ping = new LastPing();

    @Test
    void framesAreAGoAwayAndThenAPing() {
        byte[] frames = ping.frames();
        assertThat(frames.length, is(17 + 17));
        assertThat(Arrays.copyOf(frames, 17), is(ControlFrames.goAway()));
        assertThat("its type", frames[17 + 3], is((byte) 6));
        assertThat("its flags", frames[17 + 4], is((byte) 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 16, 34})
    void answerIsHeardInPiecesOfAnySize(int size) {
        byte[] frames = ping.frames();
        for (int from = 0; from < frames.length; from += size) {
            assertThat(ping.isAnswered(), is(false));
            ping.heard(Arrays.copyOfRange(frames, from, Math.min(frames.length, from + size)));
        }
        assertThat(ping.isAnswered(), is(true));
    }

    @Test
    void answerToAnotherPingIsNone() {
        byte[] frames = ping.frames();
        ping.heard(ControlFrames.ping());
        frames[frames.length - 1]++;
        ping.heard(frames);
        assertThat(ping.isAnswered(), is(false));
    }

    @Test
    void whatComesBeforeItIsAskedIsNoAnswer() {
        ping.heard(new LastPing().frames());
        ping.heard(new byte[0]);
        assertThat(ping.isAnswered(), is(false));
    }
}
