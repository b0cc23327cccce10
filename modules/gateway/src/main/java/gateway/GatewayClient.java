package gateway;

import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A subscription to the hub that reconnects and resumes by itself.
 *
 * <p>It delivers what the hub has for this gateway, in order, nothing twice and nothing left out but what the
 * hub itself no longer has. It runs from {@link #start} until it is closed or comes to one of the other {@linkplain
 * End ends}. All methods may be called from any thread.
 */
public final class GatewayClient implements AutoCloseable {

    private final GatewayOptions options;
    private final EventHandler handler;
    private final ConnectionListener listener;
    private final Timing timing;
    private final Transport transport;
    private final Position position;
    private final Closing closing = new Closing();
    private final CompletableFuture<End> end = new CompletableFuture<>();

    GatewayClient(GatewayOptions options, EventHandler handler, ConnectionListener listener, Timing timing) {
        this.options = options;
        this.handler = handler;
        this.listener = listener;
        this.timing = timing;
        this.transport = new Transport(options);
        this.position = new Position(options.subscription());
    }

    /** Starts a subscription. It connects on a thread of its own; this returns at once. */
    public static GatewayClient start(GatewayOptions options, EventHandler handler) {
        return start(options, handler, new ConnectionListener() {});
    }

    /** As {@link #start(GatewayOptions, EventHandler)}, with somebody to watch the connections. */
    public static GatewayClient start(GatewayOptions options, EventHandler handler, ConnectionListener listener) {
        return start(options, handler, listener, Timing.system());
    }

    static GatewayClient start(
            GatewayOptions options, EventHandler handler, ConnectionListener listener, Timing timing) {
        GatewayClient client = new GatewayClient(options, handler, listener, timing);
        Thread.ofVirtual()
                .name("gateway-" + options.subscription().getGatewayClientId())
                .start(client::run);
        return client;
    }

    /**
     * The cursor of the last message that the handler has taken; before there is one, that of the options,
     * which may be empty. Whoever stores it can go on from there with a new client.
     */
    public String cursor() {
        return position.cursor();
    }

    /** Completed with the end once nothing is delivered any more. The future is the caller's to use as it likes. */
    public CompletableFuture<End> end() {
        return end.copy();
    }

    /** Waits for the end. Never call it from the handler, which would wait for itself. */
    public End await() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new AssertionError("the end is always told as a value", e);
        }
    }

    /**
     * Ends the subscription, at the hub too, without waiting. A message that the handler is at is finished,
     * and counts if the handler returns; none is delivered after it. Does nothing when repeated.
     */
    @Override
    public void close() {
        closing.ask();
    }

    private void run() {
        End cause;
        try {
            cause = serve();
        } catch (Throwable e) { // whatever the handler threw, errors too, belongs to whoever waits for the end
            cause = new End.Failed(e);
        }
        end.complete(cause);
    }

    private End serve() throws Exception {
        boolean everAnswered = false;
        int failures = 0;
        while (true) {
            Attempt attempt = new Attempt(position, handler, closing);
            long began = timing.nanoTime().getAsLong();
            StreamEnded ended = attempt.run(transport, listener::connected);
            Status status = ended.status();
            everAnswered |= attempt.answered();
            if (closing.asked()) {
                return new End.Closed();
            }
            if (isFinal(ended)) {
                return new End.Refused(status);
            }
            if (!everAnswered && options.firstMustConnect()) {
                return new End.NotConnected(status);
            }
            failures = wasGood(attempt, began) ? 0 : failures;
            pause(status, delay(attempt, failures));
            failures++;
        }
    }

    private boolean isFinal(StreamEnded ended) {
        return ended.policy() == EndPolicy.FINAL && !(isOfCredentials(ended) && transport.hasOtherCredentials());
    }

    private static boolean isOfCredentials(StreamEnded ended) {
        Status.Code code = ended.status().getCode();
        return code == Status.Code.UNAUTHENTICATED || code == Status.Code.PERMISSION_DENIED;
    }

    private boolean wasGood(Attempt attempt, long began) {
        long lived = timing.nanoTime().getAsLong() - began;
        boolean longEnough = lived >= options.backoff().cap().toNanos();
        return attempt.delivered() || (attempt.answered() && longEnough);
    }

    /** By the back-off, and not before the hub wants to see us again. */
    private Duration delay(Attempt attempt, int failures) {
        Duration delay = options.backoff().delay(failures, timing.random());
        return delay.compareTo(attempt.retryAfter()) < 0 ? attempt.retryAfter() : delay;
    }

    private void pause(Status status, Duration delay) {
        listener.disconnected(status, delay);
        closing.pause(timing.pause(), delay);
    }
}
