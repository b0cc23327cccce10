package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.engine.HubConfig;
import push.protocol.v1.PushGrpc;
import testing.Await;
import testing.CuttingProxy;
import testing.ForeignGateway;

/** Calls that no generated stub makes. Each gets a response, and leaves nothing behind. */
class OddRequestTest {

    private static final byte[] VALID = ForeignGateway.request("g", "").toByteArray();

    private final TestHub server = new TestHub(HubConfig.defaults(), Duration.ofSeconds(30));

    @AfterEach
    void stop() {
        server.close();
    }

    private static ClientCall<byte[], byte[]> call(ManagedChannel channel, CompletableFuture<Status> closed) {
        MethodDescriptor.Marshaller<byte[]> raw = new MethodDescriptor.Marshaller<>() {
            @Override
            public InputStream stream(byte[] value) {
                return new ByteArrayInputStream(value);
            }

            @Override
            public byte[] parse(InputStream stream) {
                return new byte[0];
            }
        };
        var method = PushGrpc.getSubscribePushMethod().toBuilder(raw, raw)
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING) // otherwise the client itself refuses the call
                .build();
        ClientCall<byte[], byte[]> call = channel.newCall(method, CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        closed.complete(status);
                    }
                },
                new Metadata());
        call.request(1);
        return call;
    }

    private Status answer(byte[]... messages) throws Exception {
        CompletableFuture<Status> closed = new CompletableFuture<>();
        ClientCall<byte[], byte[]> call = call(server.channel(), closed);
        for (byte[] message : messages) {
            call.sendMessage(message);
        }
        call.halfClose();
        Status status = closed.get(20, TimeUnit.SECONDS);
        Await.until("nothing of the call is left", Duration.ofSeconds(5), () -> server.calls() == 0);
        return status;
    }

    @Test
    void bytesThatAreNotAMessageAreInvalid() throws Exception {
        Status status = answer("no protobuf".getBytes(StandardCharsets.UTF_8));
        assertThat(status.getCode(), is(Status.Code.INVALID_ARGUMENT));
    }

    @Test
    void aMissingMessageIsInvalid() throws Exception {
        Status status = answer();
        assertThat(status.getCode(), is(Status.Code.INVALID_ARGUMENT));
        assertThat(status.getDescription(), containsString("missing"));
    }

    @Test
    void aSecondMessageIsInvalid() throws Exception {
        Status status = answer(VALID, VALID);
        assertThat(status.getCode(), is(Status.Code.INVALID_ARGUMENT));
        assertThat(status.getDescription(), containsString("one request message"));
        assertThat(server.hub.status().subscribers(), is(0));
    }

    @Test
    void anIncompleteCallIsRemovedWithItsConnection() throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(server.port())) {
            ManagedChannel channel = ForeignGateway.connect(proxy.port());
            call(channel, new CompletableFuture<>()).sendMessage(VALID);
            Await.until("the call has arrived", Duration.ofSeconds(20), () -> server.calls() == 1);
            proxy.cut();
            Await.until("the call is removed", Duration.ofSeconds(5), () -> server.calls() == 0);
            channel.shutdownNow();
            assertThat(server.hub.status().subscribers(), is(0));
        }
    }
}
