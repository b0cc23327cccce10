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
import push.transport.gate.Http2Filter;

/**
 * One call of {@code SubscribePush}: its subscription, and the delivery to the gateway. The stream's own thread serves
 * it; while that thread waits, the dispatcher delivers. Other threads only end the call, or wake it.
 */
final class PushCall {

    private static final System.Logger LOG = System.getLogger(PushCall.class.getName());

    /** How long a write may make no progress after the subscription has ended, before the connection is cut. */
    private static final long GRACE_NANOS = 2_000_000_000;

    /** One connection may hold one in this many of all subscriptions, so that no peer takes all places. */
    private static final int CONNECTION_SHARE = 8;

    /** For {@link WriteProgress}, while a write waits for a window: the socket then accepts bytes of other streams. */
    private static final long AWAITS_WINDOW = -1;

    private final StreamParts parts;
    private final Http2Filter connection;
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
            Http2Filter connection,
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
     * Subscribes, and delivers until the subscription ends.
     *
     * @param message the request message
     * @param read called once the message has been parsed, to free its memory: the subscription may live for weeks
     * @return how the subscription ended
     * @throws StatusException if the subscription is refused or cannot be opened
     */
    End serve(byte[] message, Runnable read) throws StatusException {
        End early = cause;
        if (early != null) {
            return early; // before the call could replace a live subscription
        }
        int places = Math.max(1, parts.hub().subscriberMax() / CONNECTION_SHARE);
        if (!connection.tryReserveSubscription(places)) {
            throw Status.RESOURCE_EXHAUSTED
                    .withDescription("too many subscriptions on this connection: one may hold " + places
                            + ", an eighth of push.subscriber.max; open another connection")
                    .asException();
        }
        try {
            return subscribe(message, read);
        } finally {
            connection.releaseSubscription();
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
                    parts.hub().end(opened, End.FAILED); // even an Error must not leave one without a reader
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
            parts.hub().end(opened, early); // the call was ended before there was a subscription
        }
        try {
            progress.advance();
            response.begin(); // before the first event: the headers tell the gateway that it is subscribed
            new DeliveryPump(opened, parts, writer, progress).run();
        } catch (InterruptedException e) {
            end(End.STOPPED); // the server is being shut down
        } catch (UncheckedIOException | CloseConnectionException e) {
            end(End.DISCONNECTED); // the write failed before the reader noticed
        } catch (RuntimeException | Error e) {
            if (!connection.isOpen()) {
                end(End.DISCONNECTED);
            } else if (parts.hub().end(opened, End.FAILED)) { // otherwise an earlier end caused it
                LOG.log(ERROR, "a push stream failed", e);
            }
        }
        return opened.end().orElse(End.FAILED);
    }

    /** Ends the call, even before it is served. */
    void end(End why) {
        cause = why;
        Subscription served = subscription;
        if (served != null) {
            parts.hub().end(served, why);
        }
    }

    /** The peer may have opened a window. */
    void windowMayHaveGrown() {
        writer.windowMayHaveGrown();
    }

    /**
     * Checks for a stalled reader, for an exhausted connection, and for a write that hangs after the subscription's
     * end. Only the supervisor may call it.
     *
     * @param now the time on the scale of {@link push.transport.gate.StreamSupervisor#nanoTime}
     */
    void check(long now, StreamLimits limits) {
        Subscription served = subscription;
        if (served == null) {
            return;
        }
        long stuck = progress.stuckFor(now, writer.awaitsWindow() ? AWAITS_WINDOW : connection.progress());
        if (served.end().isEmpty()) {
            if (stuck > limits.stallNanos()) {
                parts.hub().end(served, End.STALLED);
            } else if (connection.isExhausted()) {
                parts.hub().drain(served);
            }
        } else if (!hasSeenEnd) {
            hasSeenEnd = true;
            endSeen = now;
        } else if (stuck > GRACE_NANOS && now - endSeen > GRACE_NANOS && !isStopped(served)) {
            connection.cut(); // nothing else ends a write that hangs on the socket
        }
    }

    /**
     * Whether the hub has stopped. Published events are then still delivered, within the time that the stop may take.
     */
    private static boolean isStopped(Subscription subscription) {
        return subscription.end().filter(End.STOPPED::equals).isPresent();
    }
}
