package benchmarks.fanout;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import push.api.Payload;

class StampTest {

    private static final long DUE = 1_795_000_000_123_456_789L;

    private static byte[] in(byte[] payload, String before, String after) {
        return (before + new String(payload, StandardCharsets.US_ASCII) + after).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void aPayloadIsJsonOfTheGivenLength() {
        String payload = new String(new Stamp(60).payload(DUE, Stamp.FIRST + 7), StandardCharsets.US_ASCII);
        assertThat(payload, is("{\"ts\":1795000000123456789,\"n\":1000000007,\"x\":\"xxxxxxxxxxxx\"}"));
        assertThat(Payload.ofJson(payload).size(), is(60));
    }

    @Test
    void readsBothNumbersAtAnyOffset() {
        byte[] message = in(new Stamp(256).payload(DUE, Stamp.FIRST + 7), "\n\u0014{\"t", "{\"ts\":");
        for (int guess : new int[] {0, 5, 1000}) {
            int at = Stamp.find(message, 0, message.length, guess);
            assertThat(at, is(5));
            assertThat(Stamp.due(message, at), is(DUE));
            assertThat(Stamp.number(message, at), is(Stamp.FIRST + 7));
        }
    }

    @Test
    void aMessageWithoutAPayloadIsRefused() {
        byte[] message = new byte[200];
        assertThrows(IllegalArgumentException.class, () -> Stamp.find(message, 0, message.length, 3));
    }

    @Test
    void theShortestPayloadHasTheMinimumLength() {
        assertThat(new Stamp(Stamp.MIN_BYTES).payload(DUE, Stamp.FIRST).length, is(Stamp.MIN_BYTES));
        assertThrows(IllegalArgumentException.class, () -> new Stamp(Stamp.MIN_BYTES - 1));
    }
}
