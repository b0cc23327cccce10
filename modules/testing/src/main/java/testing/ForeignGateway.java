package testing;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.PushEvent;
import push.protocol.v1.PushGrpc;

/**
 * A gateway on grpc-java's own client, as a third party would write it. It receives only as many messages as a test
 * requests, so that a test can be a slow reader.
 */
public final class ForeignGateway {

    private static final long TIMEOUT_SECONDS = 20;

    /** Received events; an empty element marks the end of the stream. */
    private final BlockingQueue<Optional<PushEvent>> received = new LinkedBlockingQueue<>();

    private final CompletableFuture<Metadata> headers = new CompletableFuture<>();
    private final CompletableFuture<Status> closed = new CompletableFuture<>();
    private final ClientCall<GatewaySubscribeRequest, PushEvent> call;

    /** Subscribes, without receiving messages yet. */
    public ForeignGateway(Channel channel, GatewaySubscribeRequest request) {
        this.call = channel.newCall(PushGrpc.getSubscribePushMethod(), CallOptions.DEFAULT);
        call.start(new Listener(), new Metadata());
        call.sendMessage(request);
        call.halfClose();
    }

    /** Opens a new connection. */
    public static ManagedChannel connect(int port) {
        // The callbacks only pass messages on, so hundreds of gateways need no threads of their own.
        return NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .directExecutor()
                .build();
    }

    /**
     * Opens a new connection with flow-control windows of {@code window} bytes, for the connection and for each stream.
     */
    public static ManagedChannel connect(int port, int window) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .flowControlWindow(window)
                .build();
    }

    /** Creates a v1 request. */
    public static GatewaySubscribeRequest request(String id, String cursor) {
        return GatewaySubscribeRequest.newBuilder()
                .setGatewayClientId(id)
                .setCursor(cursor)
                .build();
    }

    /** Waits until the hub has confirmed the subscription. */
    public ForeignGateway subscribed() throws Exception {
        headers.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        return this;
    }

    /** Requests {@code messages} more messages. */
    public ForeignGateway reading(int messages) {
        call.request(messages);
        return this;
    }

    /** Requests all messages. */
    public ForeignGateway readingAll() {
        return reading(Integer.MAX_VALUE);
    }

    /** Waits for the next event. */
    public PushEvent next() throws InterruptedException {
        return nextOrEnd().orElseThrow(() -> new AssertionError("the stream ended: " + closed.join()));
    }

    /** Waits for the next event; null if none arrives within {@code time}, or the stream ends. */
    public @Nullable PushEvent nextWithin(Duration time) throws InterruptedException {
        Optional<PushEvent> event = poll(time);
        return event == null ? null : event.orElse(null);
    }

    /** Waits for the next event; empty if the stream ends without one. */
    public Optional<PushEvent> nextOrEnd() throws InterruptedException {
        return nextOrEnd(Duration.ofSeconds(TIMEOUT_SECONDS));
    }

    /** Waits at most {@code atMost} for the next event; empty if the stream ends without one. */
    public Optional<PushEvent> nextOrEnd(Duration atMost) throws InterruptedException {
        Optional<PushEvent> event = poll(atMost);
        if (event == null) {
            throw new AssertionError("neither an event nor an end came within " + atMost);
        }
        return event;
    }

    @SuppressWarnings("NullableOptional") // null: no event and no end
    private @Nullable Optional<PushEvent> poll(Duration time) throws InterruptedException {
        Optional<PushEvent> event = received.poll(time.toNanos(), TimeUnit.NANOSECONDS);
        if (event != null && event.isEmpty()) {
            received.add(event); // the end must be found again by the next call
        }
        return event;
    }

    /** Waits for the end of the stream, and returns its status. */
    public Status status() throws Exception {
        return closed.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Cancels the stream. */
    public void cancel() {
        call.cancel("the gateway is done", null);
    }

    private final class Listener extends ClientCall.Listener<PushEvent> {

        @Override
        public void onHeaders(Metadata received) {
            headers.complete(received);
        }

        @Override
        public void onMessage(PushEvent event) {
            received.add(Optional.of(event));
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            closed.complete(status);
            received.add(Optional.empty());
        }
    }
}
