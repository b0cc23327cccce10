package push.gateway;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.PushEvent;
import push.protocol.v1.PushGrpc;

/** A hub on grpc-java's server, whose calls run a script of the test. */
final class TestHub implements AutoCloseable {

    /** What happens on a call; runs on the thread of the call. */
    interface Script {
        void play(GatewaySubscribeRequest request, ServerCallStreamObserver<PushEvent> stream) throws Exception;
    }

    final BlockingQueue<GatewaySubscribeRequest> requests = new LinkedBlockingQueue<>();
    final BlockingQueue<String> tokens = new LinkedBlockingQueue<>();
    final BlockingQueue<Boolean> cancellations = new LinkedBlockingQueue<>();
    private final Server server;

    private TestHub(int port, Script script, Optional<SslContext> tls) throws IOException {
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        tls.ifPresent(builder::sslContext);
        server = builder.permitKeepAliveTime(1, TimeUnit.MILLISECONDS)
                .intercept(new Tokens())
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
        return new TestHub(0, script, Optional.empty());
    }

    static TestHub start(int port, Script script) throws IOException {
        return new TestHub(port, script, Optional.empty());
    }

    static TestHub start(Script script, SslContext tls) throws IOException {
        return new TestHub(0, script, Optional.of(tls));
    }

    /** Records the credentials of each call. */
    private final class Tokens implements ServerInterceptor {

        private static final Metadata.Key<String> AUTHORIZATION =
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            String token = headers.get(AUTHORIZATION);
            if (token != null) {
                tokens.add(token);
            }
            return next.startCall(call, headers);
        }
    }

    /** Sends the events after the request's cursor, up to the number {@code last}. */
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
