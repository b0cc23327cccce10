package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.helidon.http.http2.FlowControl;
import io.helidon.http.http2.Http2FrameData;
import org.junit.jupiter.api.Test;

class ConnectionWindowsTest {

    private final ConnectionWindows windows = new ConnectionWindows(3);
    private final Window window = new Window(100);

    @Test
    void allOrNothingIsTaken() {
        assertThat(windows.reserveAll(window, 101), is(false));
        assertThat(window.left, is(100));
        assertThat(windows.reserveAll(window, 60), is(true));
        assertThat(windows.reserveAll(window, 41), is(false));
        assertThat(windows.reserveAll(window, 40), is(true));
        assertThat(window.left, is(0));
        assertThat(windows.reserveAll(window, 1), is(false));
    }

    @Test
    void asMuchAsThereIsIsTaken() {
        assertThat(windows.reserve(window, 60), is(60));
        assertThat(windows.reserve(window, 60), is(40));
        assertThat(windows.reserve(window, 60), is(0));
    }

    @Test
    void negativeWindowIsShut() {
        window.left = -5;
        assertThat(windows.reserveAll(window, 1), is(false));
        assertThat(window.left, is(-5));
    }

    @Test
    void nothingIsLostOfAWindowThatBecomesSmallerMeanwhile() {
        window.afterNextLook = 10;
        boolean taken = windows.reserveAll(window, 50);
        assertThat("what was taken", window.taken, is(taken ? 50 : 0));
    }

    @Test
    void eachReservationWearsItOutAndRefusalsDoNot() {
        windows.reserveAll(window, 1000);
        windows.reserveAll(window, 1);
        windows.reserve(window, 1);
        assertThat(windows.areWornOut(), is(false));
        windows.reserveAll(window, 1);
        assertThat(windows.areWornOut(), is(true));
    }

    /** Helidon's windows of a stream and its connection, as one number. */
    private static final class Window implements FlowControl.Outbound {

        private int left;
        private int taken;
        private int afterNextLook;

        Window(int bytes) {
            left = bytes;
        }

        @Override
        public int getRemainingWindowSize() {
            int now = left;
            if (afterNextLook != 0) {
                left = afterNextLook;
            }
            return now;
        }

        @Override
        public void decrementWindowSize(int bytes) {
            left -= bytes;
            taken += bytes;
        }

        @Override
        public void resetStreamWindowSize(int size) {
            throw new AssertionError("nobody asks for that here");
        }

        @Override
        public long incrementStreamWindowSize(int increment) {
            throw new AssertionError("nobody asks for that here");
        }

        @Override
        public Http2FrameData[] cut(Http2FrameData frame) {
            throw new AssertionError("nobody asks for that here");
        }

        @Override
        public void blockTillUpdate() {
            throw new AssertionError("nobody asks for that here");
        }

        @Override
        public int maxFrameSize() {
            throw new AssertionError("nobody asks for that here");
        }
    }
}
