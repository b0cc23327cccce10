package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Http2StreamsTest {

    private final Http2Streams streams = new Http2Streams(0, new HeldBytes(1 << 20).open());

    private Http2Stream open(int id) {
        return streams.open(id, true, -1, 0);
    }

    /** Records its calls. */
    private record RecordingListener(List<String> words) implements StreamListener {

        @Override
        public void disconnected() {
            words.add("disconnected");
        }

        @Override
        public void windowMayHaveGrown() {
            words.add("window");
        }

        @Override
        public void check(long now) {
            words.add("check");
        }
    }

    @Test
    void pushStreamsAreInformedOfWindowsAndOfTheEnd() {
        RecordingListener listener = new RecordingListener(new ArrayList<>());
        Http2Stream stream = open(1);
        stream.attach(listener);
        streams.windows().grow(1);
        streams.windows().grow(stream, 1);
        streams.windows().setInitialWindow(1);
        streams.end();
        RecordingListener late = new RecordingListener(new ArrayList<>());
        open(3).attach(late);

        assertThat(listener.words(), is(List.of("window", "window", "window", "disconnected")));
        assertThat("at once", late.words(), is(List.of("disconnected")));
    }

    @Test
    void aStreamIsRemovedOnceItHasEndedEverywhere() {
        Http2Stream stream = open(1);
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
