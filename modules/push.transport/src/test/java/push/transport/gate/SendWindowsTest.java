package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class SendWindowsTest {

    private static final int WINDOW = Http2.INITIAL_WINDOW;

    private final Http2Streams streams = new Http2Streams(0, new HeldBytes(1 << 20).open());
    private final SendWindows windows = streams.windows();

    private Http2Stream open(int id) {
        return streams.open(id, true, -1, 0);
    }

    @Test
    void streamsShareTheConnectionsWindow() {
        Http2Stream one = open(1);
        Http2Stream other = open(3);

        assertThat(one.reserve(WINDOW - 10), is(WINDOW - 10));
        assertThat(other.reserve(100), is(10));
        assertThat(other.reserve(100), is(0));
        assertThat(other.isShut(), is(true));
        assertThat(windows.grow(5), is(true));
        assertThat(other.reserve(100), is(5));
    }

    @Test
    void allOrNothing() {
        Http2Stream stream = open(1);

        assertThat(stream.reserveAll(WINDOW + 1), is(false));
        assertThat(stream.reserveAll(WINDOW), is(true));
        assertThat(stream.reserveAll(1), is(false));
    }

    @Test
    void settingsMayMakeAWindowNegative() {
        Http2Stream stream = open(1);
        stream.reserve(WINDOW);

        assertThat(windows.setInitialWindow(10), is(true));
        assertThat(windows.grow(WINDOW), is(true));
        assertThat(stream.isShut(), is(true));
        assertThat(windows.grow(stream, WINDOW - 10), is(true));
        assertThat("the window is now 0", stream.reserve(1), is(0));
        assertThat(windows.grow(stream, 1), is(true));
        assertThat(stream.reserve(10), is(1));
    }

    @Test
    void noWindowGrowsBeyondTheLargest() {
        Http2Stream stream = open(1);

        assertThat(windows.grow(Http2.MAX_WINDOW - WINDOW + 1), is(false));
        assertThat(windows.grow(Http2.MAX_WINDOW - WINDOW), is(true));
        assertThat(windows.grow(stream, Http2.MAX_WINDOW - WINDOW), is(true));
        assertThat(windows.grow(stream, 1), is(false));
        assertThat("not by settings either", windows.setInitialWindow(WINDOW + 1L), is(false));
        assertThat("and nothing has changed", open(3).reserve(Http2.MAX_WINDOW), is(WINDOW));
    }

    @Test
    void nothingIsSentOnAStreamThatWasReset() {
        Http2Stream stream = open(1);
        stream.isReset = true;

        assertThat(stream.reserve(1), is(0));
        assertThat(stream.reserveAll(1), is(false));
    }
}
