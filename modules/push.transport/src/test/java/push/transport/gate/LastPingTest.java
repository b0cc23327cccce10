package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LastPingTest {

    private final LastPing ping = new LastPing();

    @Test
    void anAnswerWithItsOwnPayloadCounts() {
        byte[] frames = LastPing.frames();
        ping.answered(Arrays.copyOfRange(frames, frames.length - 8, frames.length));

        assertThat(ping.isAnswered(), is(true));
    }

    @Test
    void anAnswerToAnotherPingDoesNotCount() {
        byte[] other = ControlFrames.ping();
        ping.answered(Arrays.copyOfRange(other, other.length - 8, other.length));

        assertThat(ping.isAnswered(), is(false));
    }

    @Test
    void theLastFramesAreGoAwayAndPing() {
        byte[] frames = LastPing.frames();

        assertThat((int) frames[3], is(Http2.GOAWAY));
        assertThat((int) frames[frames.length - 17 + 3], is(Http2.PING));
    }
}
