package push.gateway;

import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A subscription to the hub that reconnects and resumes automatically.
 *
 * <p>The client delivers the hub's messages for this gateway in order and without duplicates. It omits a message only
 * if the hub no longer retains it. The client runs from {@link #start} until it is closed or reaches one of the other
 * {@linkplain End ends}. A connection that fails is not an end: {@link ReconnectPolicy} lists what is.
 *
 * <p>With several {@linkplain GatewayOptions#targets targets}, the client moves on to another target when a connection
 * fails or ends, without a pause, and resumes from its cursor there. It pauses after each target has failed once.
 *
 * <p>The client has one virtual thread, which connects and calls the handler and the listener. The thread does not keep
 * the process running. All methods are safe to call from any thread.
 */
public final class GatewayClient implements AutoCloseable {

    private final GatewayOptions options;
    private final EventHandler handler;
    private final ConnectionListener listener;
    private final Timing timing;
    private final Position position;
    private final Cancellation cancellation = new Cancellation();
    private final CompletableFuture<End> end = new CompletableFuture<>();

    GatewayClient(GatewayOptions options, EventHandler handler, ConnectionListener listener, Timing timing) {
        this.options = options;
        this.handler = handler;
        this.listener = listener;
        this.timing = timing;
        this.position = new Position(options.subscription());
    }

    /**
     * Starts a subscription and returns immediately. The client connects on its own thread.
     *
     * @param options the hub's addresses, the subscription, and the connection settings
     * @param handler handles the messages, one at a time
     * @return the running client; the caller must close it
     */
    public static GatewayClient start(GatewayOptions options, EventHandler handler) {
        return start(options, handler, new ConnectionListener() {});
    }

    /**
     * Starts a subscription and returns immediately, as {@link #start(GatewayOptions, EventHandler)} does, and reports
     * each connection to a listener.
     *
     * @param options the hub's addresses, the subscription, and the connection settings
     * @param handler handles the messages, one at a time
     * @param listener is notified when the client connects and disconnects
     * @return the running client; the caller must close it
     */
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
     * Returns the cursor of the last message that the handler has handled. Before the first such message, returns the
     * cursor of the options, which may be empty. Store the cursor to resume from it later with a new client.
     */
    public String cursor() {
        return position.cursor();
    }

    /**
     * Returns a future that completes with the reason for the end once the client delivers no more messages. The future
     * never completes exceptionally by itself. Each call returns a new copy: completing or cancelling it does not
     * affect the client.
     */
    public CompletableFuture<End> end() {
        return end.copy();
    }

    /**
     * Waits for the end and returns its reason. Do not call this method from the handler or the listener: it would
     * deadlock.
     *
     * @throws InterruptedException if the calling thread is interrupted while it waits; the client keeps running
     */
    public End awaitEnd() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new AssertionError("the future of the end must not complete exceptionally", e);
        }
    }

    /**
     * Ends the subscription, also at the hub, and returns without waiting. A handler call that is in progress is not
     * interrupted, and its message counts as handled if the call returns normally. No message is delivered after it.
     * Calling this method again has no effect.
     */
    @Override
    public void close() {
        cancellation.cancel();
    }

    private void run() {
        End cause;
        try {
            cause = serve();
        } catch (Throwable e) { // also an Error of the handler: code that waits for the end must receive it
            cause = new End.Failed(e);
        }
        end.complete(cause);
    }

    private End serve() throws Exception {
        boolean everAccepted = false;
        int failures = 0;
        TargetRounds targets = new TargetRounds(options, timing);
        while (true) {
            Attempt attempt = new Attempt(position, handler, cancellation);
            long startNanos = timing.nanoTime().getAsLong();
            Transport transport = targets.current();
            StreamEnded ended = attempt.run(transport, listener::connected);
            Status status = ended.status();
            everAccepted |= attempt.accepted();
            if (cancellation.isCancelled()) {
                return new End.Closed();
            }
            if (isFinal(ended, transport)) {
                return new End.Refused(status);
            }
            boolean longLived = isLongLived(attempt, startNanos);
            targets.ended(attempt.retryAfter(), longLived);
            // An event resets the back-off but not the round: otherwise, targets that each fail after an event would be
            // tried in turn without a pause.
            failures = longLived || attempt.deliveredEvent() ? 0 : failures;
            if (targets.moveOn()) {
                pause(status, Duration.ZERO);
                continue;
            }
            if (!everAccepted && options.failFast()) {
                return new End.NotConnected(status);
            }
            pause(status, longer(options.backoff().delay(failures, timing.random()), targets.beginRound()));
            failures++;
        }
    }

    private static boolean isFinal(StreamEnded ended, Transport transport) {
        return ended.policy() == ReconnectPolicy.FINAL
                && !(rejectsCredentials(ended) && transport.credentialsHaveChanged());
    }

    private static boolean rejectsCredentials(StreamEnded ended) {
        Status.Code code = ended.status().getCode();
        return code == Status.Code.UNAUTHENTICATED || code == Status.Code.PERMISSION_DENIED;
    }

    private boolean isLongLived(Attempt attempt, long startNanos) {
        long lifetimeNanos = timing.nanoTime().getAsLong() - startNanos;
        return attempt.accepted() && lifetimeNanos >= options.backoff().cap().toNanos();
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? b : a;
    }

    private void pause(Status status, Duration delay) {
        listener.disconnected(status, delay);
        cancellation.pause(timing.pause(), delay);
    }
}
