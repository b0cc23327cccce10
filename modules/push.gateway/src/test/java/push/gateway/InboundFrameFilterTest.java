package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the filter withholds from Helidon, regardless of how the bytes are split. */
class InboundFrameFilterTest {

    private static final byte[] SETTINGS = frame(4, new byte[6]);
    private static final byte[] EMPTY = frame(0, new byte[0]);
    private static final byte[] DATA = frame(0, new byte[70_000]);
    private static final byte[] LONG = frame(7, goAway(Integer.MAX_VALUE, 0, 300));

    private static byte[] frame(int type, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) 0)
                .putInt(0)
                .put(payload)
                .array();
    }

    private static byte[] goAway(int lastStream, int error, int text) {
        return ByteBuffer.allocate(8 + text).putInt(lastStream).putInt(error).array();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] passedIn(InboundFrameFilter frames, byte[] input, int piece) {
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        for (int from = 0; from < input.length; from += piece) {
            passed.writeBytes(frames.filter(Arrays.copyOfRange(input, from, Math.min(input.length, from + piece))));
        }
        return passed.toByteArray();
    }

    @Test
    void passesAllFramesExceptGracefulGoAwaysForEachChunkSize() {
        byte[] input = concat(SETTINGS, LONG, EMPTY, frame(7, goAway(1, 0, 0)), DATA, LONG);
        byte[] expected = concat(SETTINGS, EMPTY, DATA);
        for (int piece : new int[] {1, 2, 3, 7, 8, 9, 10, 16, 17, 18, 19, 1_000, input.length}) {
            InboundFrameFilter frames = new InboundFrameFilter();
            assertThat("pieces of " + piece, Arrays.equals(passedIn(frames, input, piece), expected), is(true));
            assertThat(frames.end(), is(Optional.empty()));
        }
    }

    @Test
    void endsAtAGoAwayWithAnErrorAfterEarlierFrames() {
        byte[] input = concat(SETTINGS, DATA, frame(7, goAway(1, 11, 5)), DATA);
        for (int piece : new int[] {1, 13, input.length}) {
            InboundFrameFilter frames = new InboundFrameFilter();
            assertThat(Arrays.equals(passedIn(frames, input, piece), concat(SETTINGS, DATA)), is(true));
            assertThat(frames.end(), is(Optional.of("the server closed the connection with HTTP/2 error 11")));
        }
    }

    @Test
    void reportsWhatTheServerSentInsteadOfHttp2() {
        InboundFrameFilter frames = new InboundFrameFilter();
        byte[] answer =
                "HTTP/1.1 400 Bad\u0007 Request\r\nServer: x".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(frames.filter(answer).length, is(0));
        assertThat(
                frames.end(), is(Optional.of("the server does not speak HTTP/2; it sent: HTTP/1.1 400 Bad? Request")));
    }
}
