package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameParserTest {

    private final List<String> frames = new ArrayList<>();

    private final FrameParser parser = new FrameParser(new FrameParser.Sink() {
        @Override
        public void frame(int type, int flags, int stream, byte[] bytes, int from, int length) {
            frames.add(type + " " + flags + " " + stream + " "
                    + Arrays.hashCode(Arrays.copyOfRange(bytes, from, from + length)));
        }

        @Override
        public void tooLong(int stream, int length) {
            frames.add("too long on " + stream + ": " + length);
        }
    });

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void framesAreTheSameInAnyPieces(long seed) throws ConnectionError {
        Random random = new Random(seed);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            byte[] payload =
                    new byte[random.nextInt(10) == 0 ? random.nextInt(Http2.MAX_FRAME_BYTES + 1) : random.nextInt(20)];
            random.nextBytes(payload);
            int stream = random.nextInt() & Http2.MAX_WINDOW;
            all.writeBytes(ControlFrames.frame(i & 0xff, i * 3 & 0xff, stream, payload));
            expected.add((i & 0xff) + " " + (i * 3 & 0xff) + " " + stream + " " + Arrays.hashCode(payload));
        }
        byte[] bytes = all.toByteArray();
        for (int at = 0; at < bytes.length; ) {
            int part = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 5 : 5_000));
            parser.add(Arrays.copyOfRange(bytes, at, at + part));
            at += part;
        }

        assertThat(frames, is(expected));
    }

    @Test
    void tooLongDataIsSkipped() throws ConnectionError {
        byte[] ping = ControlFrames.ping();
        byte[] tooLong = ControlFrames.frame(Http2.DATA, 0, 5, new byte[Http2.MAX_FRAME_BYTES + 1]);
        byte[] both = Arrays.copyOf(tooLong, tooLong.length + ping.length);
        System.arraycopy(ping, 0, both, tooLong.length, ping.length);
        for (byte b : both) {
            parser.add(new byte[] {b});
        }

        assertThat(frames.getFirst(), is("too long on 5: 16385"));
        assertThat(frames.size(), is(2));
    }

    @Test
    void anyOtherTooLongFrameEndsTheConnection() {
        byte[] tooLong = ControlFrames.frame(Http2.HEADERS, 0, 5, new byte[Http2.MAX_FRAME_BYTES + 1]);

        ConnectionError error = assertThrows(ConnectionError.class, () -> parser.add(tooLong));
        assertThat(List.of(error.code()), contains(Http2.FRAME_SIZE_ERROR));
    }
}
