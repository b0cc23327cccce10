package benchmarks.fanout;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.PushEvent;
import push.protocol.v1.PushGrpc;

/** Gateways on grpc-java's client, each with its own connection. */
final class GrpcSubscribers implements Subscribers {

    private final int port;
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final CompletableFuture<String> mark = new CompletableFuture<>();

    GrpcSubscribers(int port) {
        this.port = port;
    }

    @Override
    public void add(String id, Tally tally) {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .directExecutor()
                .build();
        channels.add(channel);
        subscribe(channel, id, "", new TallyingMarshaller(tally), ignored -> {});
    }

    @Override
    public void mark() {
        PushEvents events = new PushEvents();
        subscribe(channels.getFirst(), "marker", "", events, event -> mark.complete(event.getCursor()));
    }

    @Override
    public long replayNanos(int events) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        String cursor = mark.join();
        long start = System.nanoTime();
        int[] left = {events};
        ClientCall<?, ?> call = subscribe(channels.getFirst(), "replay-" + start, cursor, new Skipping(), message -> {
            if (--left[0] == 0) {
                done.complete(System.nanoTime() - start);
            }
        });
        long nanos = done.orTimeout(20, TimeUnit.SECONDS).join();
        call.cancel("the replay is complete", null);
        return nanos;
    }

    private static <T> ClientCall<?, T> subscribe(
            ManagedChannel channel,
            String id,
            String cursor,
            MethodDescriptor.Marshaller<T> messages,
            Consumer<T> arrived) {
        MethodDescriptor<GatewaySubscribeRequest, T> method = PushGrpc.getSubscribePushMethod().toBuilder(
                        PushGrpc.getSubscribePushMethod().getRequestMarshaller(), messages)
                .build();
        ClientCall<GatewaySubscribeRequest, T> call = channel.newCall(method, CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(T message) {
                        arrived.accept(message);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        if (status.getCode() != Status.Code.CANCELLED && !channel.isShutdown()) {
                            System.err.println(id + " ended: " + status);
                        }
                    }
                },
                new Metadata());
        call.sendMessage(GatewaySubscribeRequest.newBuilder()
                .setGatewayClientId(id)
                .setCursor(cursor)
                .build());
        call.halfClose();
        call.request(Integer.MAX_VALUE);
        return call;
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        channels.clear();
    }

    /**
     * Counts a message without keeping or parsing it, so that the measurement is of the server and not of protobuf's
     * parser.
     */
    private record TallyingMarshaller(Tally tally) implements MethodDescriptor.Marshaller<Boolean> {

        private static final ThreadLocal<byte[]> BUFFER = ThreadLocal.withInitial(() -> new byte[1 << 16]);

        @Override
        public InputStream stream(@Nullable Boolean value) {
            throw new UnsupportedOperationException("this marshaller only parses");
        }

        @Override
        public Boolean parse(InputStream stream) {
            byte[] buffer = BUFFER.get();
            try {
                int length = stream.readNBytes(buffer, 0, buffer.length);
                tally.arrived(buffer, 0, length);
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Reads the bytes of a message and ignores them. */
    private static final class Skipping implements MethodDescriptor.Marshaller<Boolean> {

        @Override
        public InputStream stream(@Nullable Boolean value) {
            throw new UnsupportedOperationException("this marshaller only parses");
        }

        @Override
        public Boolean parse(InputStream stream) {
            try {
                return stream.skip(Long.MAX_VALUE) > 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class PushEvents implements MethodDescriptor.Marshaller<PushEvent> {

        @Override
        public InputStream stream(PushEvent value) {
            return value.toByteString().newInput();
        }

        @Override
        public PushEvent parse(InputStream stream) {
            try {
                return PushEvent.parseFrom(stream);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
