package gateway;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.PushEvent;
import push.protocol.v1.PushGrpc;

/** A gRPC server of another make, whose calls do what a test says. */
final class TestHub implements AutoCloseable {

    /** What happens on a call, on its thread. */
    interface Script {
        void play(GatewaySubscribeRequest request, ServerCallStreamObserver<PushEvent> stream) throws Exception;
    }

    final BlockingQueue<GatewaySubscribeRequest> requests = new LinkedBlockingQueue<>();
    final BlockingQueue<Boolean> cancellations = new LinkedBlockingQueue<>();
    private final Server server;

    private TestHub(int port, Script script) throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .permitKeepAliveTime(1, TimeUnit.MILLISECONDS)
                .addService(new PushGrpc.PushImplBase() {
                    @Override
                    public void subscribePush(GatewaySubscribeRequest request, StreamObserver<PushEvent> observer) {
                        var stream = (ServerCallStreamObserver<PushEvent>) observer;
                        stream.setOnCancelHandler(() -> cancellations.add(true));
                        requests.add(request);
                        try {
                            script.play(request, stream);
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    }
                })
                .build()
                .start();
    }

    static TestHub start(Script script) throws IOException {
        return new TestHub(0, script);
    }

    static TestHub start(int port, Script script) throws IOException {
        return new TestHub(port, script);
    }

    /** Sends all events up to a number that come after the request's cursor. */
    static Script events(int last, int payload) {
        return (request, stream) -> {
            int first = Events.number(request.getCursor()) + 1;
            for (int n = first; n <= last && !stream.isCancelled(); n++) {
                stream.onNext(Events.event(n, payload));
            }
        };
    }

    int port() {
        return server.getPort();
    }

    Target target() {
        return new Target("127.0.0.1", port());
    }

    @Override
    public void close() {
        try {
            server.shutdownNow().awaitTermination();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
