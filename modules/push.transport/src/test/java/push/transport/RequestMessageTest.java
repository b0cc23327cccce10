package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.Status.Code;
import io.grpc.StatusException;
import io.helidon.common.buffers.BufferData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import limits.Lease;
import limits.RequestBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestMessageTest {

    private final RequestBudget budget = RequestBudget.of(32 << 20);

    private RequestMessage message(String encoding) throws StatusException {
        return new RequestMessage(encoding, budget);
    }

    private static byte[] framed(int compressed, byte[] content) {
        return ByteBuffer.allocate(5 + content.length)
                .put((byte) compressed)
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (31 * i);
        }
        return content;
    }

    private static void add(RequestMessage message, byte[] bytes, int pieceLength) throws StatusException {
        for (int from = 0; from < bytes.length; from += pieceLength) {
            message.add(BufferData.create(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + pieceLength))));
        }
    }

    private static void refused(Code code, RequestMessage message, byte[] bytes) {
        StatusException e = assertThrows(StatusException.class, () -> {
            add(message, bytes, 16_384);
            byte[] _ = message.complete();
        });
        assertThat(e.getStatus().getCode(), is(code));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 6, 7, 1000, 100_000})
    void acceptsPiecesOfAnySize(int pieceLength) throws StatusException {
        RequestMessage message = message("identity");
        add(message, framed(0, content(10_000)), pieceLength);
        assertThat(message.complete(), is(content(10_000)));
    }

    @Test
    void holdsTheLengthOfItsPrefix() throws StatusException {
        RequestMessage message = message("identity");
        byte[] bytes = framed(0, content(1_000_000));
        message.add(BufferData.create(Arrays.copyOf(bytes, 4)));
        assertThat(budget.whole().held(), is(0L));
        message.add(BufferData.create(Arrays.copyOfRange(bytes, 4, 5)));
        assertThat(budget.whole().held(), is(1_000_000L));
        message.add(BufferData.create(Arrays.copyOfRange(bytes, 5, 900_000)));
        assertThat(budget.whole().held(), is(1_000_000L));
        message.close();
        message.close();
        assertThat(budget.whole().held(), is(0L));
    }

    @Test
    void countsTheDecompressedFormToo() throws Exception {
        byte[] small = gzip(new byte[1_000_000]);
        try (RequestMessage message = message("gzip")) {
            add(message, framed(1, small), 16_384);
            assertThat(message.complete(), is(new byte[1_000_000]));
            assertThat(
                    "the small compressed form does not count", budget.bodies().held(), is(1_000_000L));
        }
        assertThat(budget.whole().held(), is(0L));
    }

    @Test
    void aMessageWithoutRoomIsRefusedAtOnce() throws Exception {
        try (Lease _ =
                budget.bodies().tryAcquire(budget.bodies().capacity() - 10_000).orElseThrow()) {
            refused(Code.RESOURCE_EXHAUSTED, message("identity"), Arrays.copyOf(framed(0, content(10_001)), 5));
            byte[] small = gzip(new byte[100_000]);
            refused(Code.RESOURCE_EXHAUSTED, message("gzip"), framed(1, small));
            add(message("identity"), framed(0, content(100)), 1000);
        }
    }

    @Test
    void aTooLongMessageIsRefusedAndHoldsNothing() throws Exception {
        byte[] prefix =
                ByteBuffer.allocate(5).putInt(1, RequestMessage.MAX_BYTES + 1).array();
        refused(Code.RESOURCE_EXHAUSTED, message("identity"), prefix);
        refused(Code.RESOURCE_EXHAUSTED, message("identity"), new byte[] {0, -1, -1, -1, -1});
        refused(Code.RESOURCE_EXHAUSTED, message("gzip"), framed(1, gzip(new byte[RequestMessage.MAX_BYTES + 1])));
        assertThat(budget.whole().held() < 100_000, is(true));
    }

    @Test
    void aPieceForAClosedMessageHoldsNothing() throws StatusException {
        RequestMessage message = message("identity");
        message.close();
        refused(Code.CANCELLED, message, framed(0, content(10)));
        assertThat(budget.whole().held(), is(0L));
    }
}
