package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyQueueTest {

    /** The pieces have one byte, a few bytes, or many; the received bytes are taken from time to time. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1_023, 1_025, 40_000})
    void returnsTheBytesInOrder(int longestPiece) {
        Random random = new Random(longestPiece);
        byte[] body = new byte[100_000];
        random.nextBytes(body);
        BodyQueue queue = new BodyQueue();
        ByteArrayOutputStream given = new ByteArrayOutputStream();
        for (int at = 0; at < body.length; ) {
            int length = Math.min(1 + random.nextInt(longestPiece), body.length - at);
            queue.add(body, at, length);
            at += length;
            if (random.nextInt(20) == 0) {
                takeAll(queue, given);
            }
        }
        queue.complete();
        takeAll(queue, given);
        assertThat(given.toByteArray(), is(body));
        assertThat(queue.isEndGiven(), is(true));
    }

    private static void takeAll(BodyQueue queue, ByteArrayOutputStream given) {
        for (byte[] frame = queue.next(1); frame != null; frame = queue.next(1)) {
            int length = frame.length - Http2.FRAME_HEADER_BYTES;
            given.write(frame, Http2.FRAME_HEADER_BYTES, length);
            if (length > 0) {
                queue.taken();
            }
        }
    }
}
