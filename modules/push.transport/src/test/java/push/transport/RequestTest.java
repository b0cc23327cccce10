package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.engine.HubConfig;
import push.transport.gate.RawFrame;

/** The request message, byte by byte. An invalid one is refused with trailers only, and leaves nothing behind. */
class RequestTest {

    private static final String INVALID_ARGUMENT = "3";
    private static final String RESOURCE_EXHAUSTED = "8";
    private static final String UNIMPLEMENTED = "12";
    private static final String INTERNAL = "13";
    private static final byte[] VALID = RawGateway.message(RawGateway.request("g"));

    private final TestHub server = new TestHub(HubConfig.defaults(), Duration.ofSeconds(30));

    @AfterEach
    void stop() {
        server.close();
    }

    private RawAnswer refused(String status, byte[] request, String... headers) throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.call(1, headers).data(1, RawFrame.END_STREAM, request);
            return refused(status, gateway);
        }
    }

    private RawAnswer refused(String status, RawGateway gateway) throws Exception {
        RawAnswer answer = gateway.wholeAnswer(1);
        assertThat(answer.headers(), hasSize(1));
        assertThat(answer.last(":status"), is("200"));
        assertThat(answer.last("content-type"), is("application/grpc"));
        assertThat(answer.last("grpc-message"), answer.last("grpc-status"), is(status));
        server.awaitNothingLeft();
        return answer;
    }

    private void accepted(RawGateway gateway) throws Exception {
        assertThat(gateway.answerBegun(1).last("grpc-status"), is(""));
        assertThat(server.hub.status().subscribers(), is(1));
        server.hub.close();
        assertThat(gateway.wholeAnswer(1).last("grpc-message"), is("push service stopped"));
        server.awaitNothingLeft();
    }

    private static byte[] compressed(byte[] message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(message);
        }
        return prefixed(1, bytes.toByteArray());
    }

    private static byte[] prefixed(int flag, byte... body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) flag)
                .putInt(body.length)
                .put(body)
                .array();
    }

    @Test
    void bytesThatAreNotAMessageAreInvalid() throws Exception {
        refused(INVALID_ARGUMENT, prefixed(0, "no protobuf".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void aMissingMessageIsInvalidWhicheverFrameEndsTheStream() throws Exception {
        refused(INVALID_ARGUMENT, new byte[0]);
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.callWithoutRequest(1);
            assertThat(refused(INVALID_ARGUMENT, gateway).last("grpc-message"), containsString("missing"));
        }
    }

    @Test
    void twoMessagesAreInvalid() throws Exception {
        byte[] two = ByteBuffer.allocate(2 * VALID.length).put(VALID).put(VALID).array();
        refused(INVALID_ARGUMENT, two);
    }

    @Test
    void aTruncatedMessageIsInvalid() throws Exception {
        for (int length = 1; length < VALID.length; length++) {
            refused(INVALID_ARGUMENT, Arrays.copyOf(VALID, length));
        }
    }

    @Test
    void anUnknownCompressionFlagIsRefused() throws Exception {
        refused(INTERNAL, prefixed(2, RawGateway.request("g").toByteArray()));
    }

    @Test
    void compressedMessageNeedsAnEncoding() throws Exception {
        byte[] request = compressed(RawGateway.request("g").toByteArray());
        refused(INTERNAL, request);
        refused(INTERNAL, request, "grpc-encoding", "identity");
        refused(INVALID_ARGUMENT, prefixed(1, (byte) 1, (byte) 2), "grpc-encoding", "gzip");
    }

    @Test
    void compressedMessageIsAccepted() throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            byte[] request = compressed(RawGateway.request("g").toByteArray());
            gateway.call(1, "grpc-encoding", "gzip").data(1, RawFrame.END_STREAM, request);
            accepted(gateway);
        }
    }

    @Test
    void aCompressedMessageMustNotExceedTheLimitWhenDecompressed() throws Exception {
        refused(RESOURCE_EXHAUSTED, compressed(new byte[8 << 20]), "grpc-encoding", "gzip");
    }

    @Test
    void anUnknownEncodingIsRefusedBeforeTheMessageAndTheKnownOnesAreNamed() throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.call(1, "grpc-encoding", "snappy");
            assertThat(refused(UNIMPLEMENTED, gateway).last("grpc-accept-encoding"), containsString("gzip"));
        }
    }

    @Test
    void aTooLargeMessageIsRefusedAsSoonAsItsLengthIsKnown() throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            byte[] prefix = ByteBuffer.allocate(5).putInt(1, (2 << 20) + 1).array();
            gateway.call(1).data(1, 0, prefix);
            refused(RESOURCE_EXHAUSTED, gateway);
            gateway.data(1, 0, new byte[10_000]).data(1, RawFrame.END_STREAM, new byte[10_000]); // already sent
            gateway.subscribe(3, RawGateway.request("g")).answerBegun(3);
            assertThat(server.hub.status().subscribers(), is(1));
        }
    }

    @Test
    void lengthIsUnsigned() throws Exception {
        refused(RESOURCE_EXHAUSTED, new byte[] {0, -1, -1, -1, -1, 1});
    }

    @Test
    void aRequestMayArriveByteByByte() throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.call(1);
            for (int i = 0; i < VALID.length; i++) {
                gateway.data(1, i == VALID.length - 1 ? RawFrame.END_STREAM : 0, VALID[i]);
            }
            accepted(gateway);
        }
    }

    @Test
    void largestMessageIsAccepted() throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            ByteString filler = ByteString.copyFrom(new byte[(2 << 20) - 20]);
            var unknown = UnknownFieldSet.newBuilder()
                    .addField(99, Field.newBuilder().addLengthDelimited(filler).build());
            byte[] request = RawGateway.message(RawGateway.request("g").toBuilder()
                    .setUnknownFields(unknown.build())
                    .build());
            gateway.call(1).upload(1, request);
            accepted(gateway);
        }
    }
}
