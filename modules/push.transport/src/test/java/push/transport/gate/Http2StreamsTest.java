package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Http2StreamsTest {

    private static final int WINDOW = Http2.INITIAL_WINDOW;

    private final Http2Streams streams = new Http2Streams(0, new HeldBytes(1 << 20).share());

    private GateStream open(int id) {
        return streams.open(id, true, -1, 0);
    }

    /** Notes what it is told. */
    private record Told(List<String> words) implements GatedStream {

        @Override
        public void disconnected() {
            words.add("disconnected");
        }

        @Override
        public void windowMayHaveGrown() {
            words.add("window");
        }

        @Override
        public void look(long now) {
            words.add("look");
        }
    }

    @Test
    void streamsShareTheConnectionsWindow() {
        GateStream one = open(1);
        GateStream other = open(3);

        assertThat(one.reserve(WINDOW - 10), is(WINDOW - 10));
        assertThat(other.reserve(100), is(10));
        assertThat(other.reserve(100), is(0));
        assertThat(other.isShut(), is(true));
        assertThat(streams.grow(5), is(true));
        assertThat(other.reserve(100), is(5));
    }

    @Test
    void allOrNothing() {
        GateStream stream = open(1);

        assertThat(stream.reserveAll(WINDOW + 1), is(false));
        assertThat(stream.reserveAll(WINDOW), is(true));
        assertThat(stream.reserveAll(1), is(false));
    }

    @Test
    void settingsMayMakeAWindowNegative() {
        GateStream stream = open(1);
        stream.reserve(WINDOW);

        assertThat(streams.initialSendWindow(10), is(true));
        assertThat(streams.grow(WINDOW), is(true));
        assertThat(stream.isShut(), is(true));
        assertThat(streams.grow(stream, WINDOW - 10), is(true));
        assertThat("it is 0 now", stream.reserve(1), is(0));
        assertThat(streams.grow(stream, 1), is(true));
        assertThat(stream.reserve(10), is(1));
    }

    @Test
    void noWindowGrowsBeyondTheLargest() {
        GateStream stream = open(1);

        assertThat(streams.grow(Http2.MAX_WINDOW - WINDOW + 1), is(false));
        assertThat(streams.grow(Http2.MAX_WINDOW - WINDOW), is(true));
        assertThat(streams.grow(stream, Http2.MAX_WINDOW - WINDOW), is(true));
        assertThat(streams.grow(stream, 1), is(false));
        assertThat("nor by settings", streams.initialSendWindow(WINDOW + 1L), is(false));
        assertThat("and nothing has changed", open(3).reserve(Http2.MAX_WINDOW), is(WINDOW));
    }

    @Test
    void nothingIsSentOnAStreamThatWasReset() {
        GateStream stream = open(1);
        stream.isReset = true;

        assertThat(stream.reserve(1), is(0));
        assertThat(stream.reserveAll(1), is(false));
    }

    @Test
    void pushStreamsAreToldOfWindowsAndOfTheEnd() {
        Told told = new Told(new ArrayList<>());
        GateStream stream = open(1);
        stream.attach(told);
        streams.grow(1);
        streams.grow(stream, 1);
        streams.initialSendWindow(1);
        streams.end();
        Told late = new Told(new ArrayList<>());
        open(3).attach(late);

        assertThat(told.words(), is(List.of("window", "window", "window", "disconnected")));
        assertThat("at once", late.words(), is(List.of("disconnected")));
    }

    @Test
    void aStreamIsForgottenOnceNothingIsLeftOfIt() {
        GateStream stream = open(1);
        stream.isServed = true;
        stream.remoteEnded = true;
        stream.localEnded = true;
        streams.forgetIfDone(stream, 5);
        assertThat("a thread serves it", streams.get(1), is(stream));
        assertThat(streams.quietNanos(8), is(0L));

        stream.isServed = false;
        streams.forgetIfDone(stream, 5);
        assertThat(streams.get(1), is(nullValue()));
        assertThat(streams.quietNanos(8), is(3L));
    }
}
