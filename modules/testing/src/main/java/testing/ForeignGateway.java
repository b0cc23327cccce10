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
 * A gateway on grpc-java's own client, as an outsider would write it. Takes as
 * many messages as it is told to, so that a test can be a slow reader.
 */
public final class ForeignGateway {

    private static final long TIMEOUT_SECONDS = 20;

    /** Empty at its end. */
    private final BlockingQueue<Optional<PushEvent>> received = new LinkedBlockingQueue<>();

    private final CompletableFuture<Metadata> headers = new CompletableFuture<>();
    private final CompletableFuture<Status> closed = new CompletableFuture<>();
    private final ClientCall<GatewaySubscribeRequest, PushEvent> call;

    /** Subscribes; reads nothing yet. */
    public ForeignGateway(Channel channel, GatewaySubscribeRequest request) {
        this.call = channel.newCall(PushGrpc.getSubscribePushMethod(), CallOptions.DEFAULT);
        call.start(new Listener(), new Metadata());
        call.sendMessage(request);
        call.halfClose();
    }

    /** A connection of its own. */
    public static ManagedChannel connect(int port) {
        // What is called back only hands on, so that hundreds need no threads of their own.
        return NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .directExecutor()
                .build();
    }

    /** A connection of its own, on which it and each stream take at most {@code window} bytes that are not yet read. */
    public static ManagedChannel connect(int port, int window) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .flowControlWindow(window)
                .build();
    }

    /** A v1 request. */
    public static GatewaySubscribeRequest request(String id, String cursor) {
        return GatewaySubscribeRequest.newBuilder()
                .setGatewayClientId(id)
                .setCursor(cursor)
                .build();
    }

    /** Waits until the hub has said that it is subscribed. */
    public ForeignGateway subscribed() throws Exception {
        headers.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        return this;
    }

    /** Lets so many messages more come. */
    public ForeignGateway reading(int messages) {
        call.request(messages);
        return this;
    }

    /** Lets all messages come. */
    public ForeignGateway readingAll() {
        return reading(Integer.MAX_VALUE);
    }

    /** The next event, once it has come. */
    public PushEvent next() throws InterruptedException {
        return nextOrEnd().orElseThrow(() -> new AssertionError("the stream ended: " + closed.join()));
    }

    /** The next event if it comes within the time; else null. */
    public @Nullable PushEvent nextWithin(Duration time) throws InterruptedException {
        Optional<PushEvent> event = poll(time);
        return event == null ? null : event.orElse(null);
    }

    /** The next event once it has come; empty if the stream ends without one. */
    public Optional<PushEvent> nextOrEnd() throws InterruptedException {
        return nextOrEnd(Duration.ofSeconds(TIMEOUT_SECONDS));
    }

    /** As the other, with another time for it to come. */
    public Optional<PushEvent> nextOrEnd(Duration atMost) throws InterruptedException {
        Optional<PushEvent> event = poll(atMost);
        if (event == null) {
            throw new AssertionError("neither an event nor an end came within " + atMost);
        }
        return event;
    }

    @SuppressWarnings("NullableOptional") // null: neither came
    private @Nullable Optional<PushEvent> poll(Duration time) throws InterruptedException {
        Optional<PushEvent> event = received.poll(time.toNanos(), TimeUnit.NANOSECONDS);
        if (event != null && event.isEmpty()) {
            received.add(event); // it is still the end at the next look
        }
        return event;
    }

    /** How the stream ended, once it has. */
    public Status status() throws Exception {
        return closed.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Ends the stream from this side. */
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
