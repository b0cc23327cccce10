package benchmarks.fanout;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import push.protocol.v1.ClientEvent;

/** The algorithm of the hub's predecessor, on grpc-java's own server. */
final class ReferenceTarget implements Target {

    private static final String USER = "3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11";

    private final ReferenceService service = new ReferenceService();
    private final Server server;

    ReferenceTarget(int port) {
        try {
            // The handlers here never block, so they need no executor.
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .directExecutor()
                    .addService(service)
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public int subscribers() {
        return service.subscribers();
    }

    @Override
    public int room() {
        return service.room();
    }

    @Override
    public void publish(byte[] payload) {
        service.publish(ClientEvent.newBuilder()
                .setUserId(USER)
                .setKind("bench")
                .setPayload(ByteString.copyFrom(payload))
                .build());
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
