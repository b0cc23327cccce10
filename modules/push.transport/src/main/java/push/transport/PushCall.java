package push.transport;

import static java.lang.System.Logger.Level.ERROR;

import io.grpc.Status;
import io.grpc.StatusException;
import io.helidon.webserver.CloseConnectionException;
import java.io.UncheckedIOException;
import limits.Lease;
import org.jspecify.annotations.Nullable;
import push.engine.End;
import push.engine.Interest;
import push.engine.Subscription;
import push.engine.SubscriptionRefused;
import push.engine.SubscriptionRequest;
import push.transport.gate.GatewayConnection;

/**
 * What a call of {@code SubscribePush} is about: its subscription, and what comes of that. It is served on the stream's
 * own thread, and while that waits by the dispatcher; others only end it, or wake it.
 */
final class PushCall {

    private static final System.Logger LOG = System.getLogger(PushCall.class.getName());

    /** How long a write may take after the end before the connection is cut under it. */
    private static final long GRACE_NANOS = 2_000_000_000;

    /** Of all subscriptions, the share that one connection may hold: no peer takes the others' places. */
    private static final int CONNECTION_SHARE = 8;

    /** For {@link WriteProgress}: what the socket takes is of other streams. */
    private static final long AWAITS_WINDOW = -1;

    private final StreamParts parts;
    private final GatewayConnection connection;
    private final StreamResponse response;
    private final StreamWriter writer;
    private final WriteProgress progress;
    private volatile @Nullable Subscription subscription;
    private volatile @Nullable End cause;

    // Only the supervisor's thread uses these.
    private boolean hasSeenEnd;
    private long endSeen;

    PushCall(
            StreamParts parts,
            GatewayConnection connection,
            StreamResponse response,
            StreamWriter writer,
            WriteProgress progress) {
        this.parts = parts;
        this.connection = connection;
        this.response = response;
        this.writer = writer;
        this.progress = progress;
    }

    /**
     * Subscribes, and writes all that comes until the subscription ends.
     *
     * @param message the request
     * @param read called when the message has been read: it may be long, and the subscription lives for weeks
     * @return how it ended
     * @throws StatusException when there is no such subscription to be had
     */
    End serve(byte[] message, Runnable read) throws StatusException {
        End early = cause;
        if (early != null) {
            return early; // before it could take the place of a subscription that lives
        }
        int places = Math.max(1, parts.hub().subscriberMax() / CONNECTION_SHARE);
        if (!connection.tryServe(places)) {
            throw Status.RESOURCE_EXHAUSTED
                    .withDescription("too many subscriptions on this connection: one may hold " + places
                            + ", an eighth of push.subscriber.max; open another connection")
                    .asException();
        }
        try {
            return subscribe(message, read);
        } finally {
            connection.servedNoMore();
        }
    }

    private End subscribe(byte[] message, Runnable read) throws StatusException {
        try {
            SubscriptionRequest request = SubscribeRequests.parse(message, connection.peer());
            try (Lease _ = room(request.interest())) {
                read.run();
                Subscription opened = parts.hub().subscribe(request);
                try {
                    return deliver(opened);
                } finally {
                    parts.hub().end(opened, End.FAILED); // no error, however grave, leaves one behind that nobody reads
                }
            }
        } catch (SubscriptionRefused e) {
            throw EndStatus.of(e).asException();
        } catch (RuntimeException | Error e) {
            LOG.log(ERROR, "a push stream could not be opened", e);
            throw EndStatus.of(End.FAILED).asException();
        }
    }

    private Lease room(Interest interest) throws StatusException {
        return parts.budget().interests().tryAcquire(interest.heapBytes()).orElseThrow(RequestMessage::noRoom);
    }

    private End deliver(Subscription opened) {
        opened.whenEnded(writer::wake);
        subscription = opened;
        End early = cause;
        if (early != null) {
            parts.hub().end(opened, early); // it came before there was anything to end
        }
        try {
            progress.advance();
            response.begin(); // at once, not with the first event: this is how a gateway knows that it is subscribed
            new DeliveryPump(opened, parts, writer, progress).run();
        } catch (InterruptedException e) {
            end(End.STOPPED); // the server is being shut down
        } catch (UncheckedIOException | CloseConnectionException e) {
            end(End.DISCONNECTED); // the write came to know it before the reader did
        } catch (RuntimeException | Error e) {
            if (!connection.isOpen()) {
                end(End.DISCONNECTED);
            } else if (parts.hub().end(opened, End.FAILED)) { // else it comes of the end that there was
                LOG.log(ERROR, "a push stream failed", e);
            }
        }
        return opened.end().orElse(End.FAILED);
    }

    /** Ends it, also before it is served. */
    void end(End why) {
        cause = why;
        Subscription served = subscription;
        if (served != null) {
            parts.hub().end(served, why);
        }
    }

    /** What Helidon has read of late may have opened a window. */
    void windowMayHaveGrown() {
        writer.windowMayHaveGrown();
    }

    /**
     * The supervisor's look at it.
     *
     * @param now on the scale of {@link push.transport.gate.StreamSupervisor#nanoTime}
     */
    void look(long now, StreamLimits limits) {
        Subscription served = subscription;
        if (served == null) {
            return;
        }
        long stuck = progress.stuckFor(now, writer.awaitsWindow() ? AWAITS_WINDOW : connection.progress());
        if (served.end().isEmpty()) {
            if (stuck > limits.stallNanos()) {
                parts.hub().end(served, End.STALLED);
            } else if (connection.isWornOut()) {
                parts.hub().drain(served);
            }
        } else if (!hasSeenEnd) {
            hasSeenEnd = true;
            endSeen = now;
        } else if (stuck > GRACE_NANOS && now - endSeen > GRACE_NANOS && !isStopped(served)) {
            connection.cut(); // it hangs in a write to the socket, which nothing else ends
        }
    }

    /** With the hub, that is: what was published is still on its way, for as long as the server is given to stop. */
    private static boolean isStopped(Subscription subscription) {
        return subscription.end().filter(End.STOPPED::equals).isPresent();
    }
}
