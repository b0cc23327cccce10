package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.Status;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageDeframerTest {

    private static final List<String> MESSAGES = List.of("", "a", "", "message", "z".repeat(9), "");

    private final MessageDeframer deframer = new MessageDeframer();

    @Test
    void readsMessagesAcrossFrameBoundaries() throws StreamEnded {
        byte[] stream = framed(MESSAGES);
        for (int first = 0; first <= stream.length; first++) {
            for (int second = first; second <= stream.length; second++) {
                assertThat(
                        "cut at " + first + " and " + second,
                        messages(
                                Arrays.copyOfRange(stream, 0, first),
                                Arrays.copyOfRange(stream, first, second),
                                Arrays.copyOfRange(stream, second, stream.length)),
                        is(MESSAGES));
            }
        }
    }

    @Test
    void acceptsTheLongestMessageButNoLongerOne() throws StreamEnded {
        deframer.add(prefix(0, MessageDeframer.MAX_BYTES));
        deframer.add(new byte[MessageDeframer.MAX_BYTES]);
        byte[] longest = deframer.next();
        assertThat(longest == null ? -1 : longest.length, is(MessageDeframer.MAX_BYTES));

        deframer.add(prefix(0, MessageDeframer.MAX_BYTES + 1));
        assertThat(code(), is(Status.Code.RESOURCE_EXHAUSTED));
    }

    @Test
    void readsTheLengthAsUnsigned() {
        deframer.add(prefix(0, -1));
        assertThat(code(), is(Status.Code.RESOURCE_EXHAUSTED));
    }

    @Test
    void rejectsCompressedMessages() {
        deframer.add(prefix(1, 3));
        assertThat(code(), is(Status.Code.INTERNAL));
    }

    private Status.Code code() {
        return assertThrows(StreamEnded.class, deframer::next).status().getCode();
    }

    private static List<String> messages(byte[]... frames) throws StreamEnded {
        MessageDeframer deframer = new MessageDeframer();
        List<String> found = new ArrayList<>();
        for (byte[] frame : frames) {
            deframer.add(frame);
            for (byte[] message = deframer.next(); message != null; message = deframer.next()) {
                found.add(new String(message, StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    private static byte[] framed(List<String> messages) {
        ByteBuffer stream = ByteBuffer.allocate(1_000);
        for (String message : messages) {
            stream.put(prefix(0, message.length())).put(message.getBytes(StandardCharsets.UTF_8));
        }
        return Arrays.copyOf(stream.array(), stream.position());
    }

    private static byte[] prefix(int flag, int length) {
        return ByteBuffer.allocate(5).put((byte) flag).putInt(length).array();
    }
}
