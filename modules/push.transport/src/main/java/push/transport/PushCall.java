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
import push.transport.gate.Http2Stream;

/**
 * One call of {@code SubscribePush}: its subscription, and the delivery to the gateway. The stream's own thread serves
 * it; while that thread waits, the dispatcher delivers. Other threads only end the call, or wake it.
 */
final class PushCall {

    private static final System.Logger LOG = System.getLogger(PushCall.class.getName());

    /** One connection may hold one in this many of all subscriptions, so that no peer takes all places. */
    private static final int CONNECTION_SHARE = 8;

    private final StreamParts parts;
    private final Http2Filter connection;
    private final Http2Stream stream;
    private final StreamResponse response;
    private final StreamOutput output;
    private volatile @Nullable Subscription subscription;
    private volatile @Nullable End cause;

    PushCall(
            StreamParts parts,
            Http2Filter connection,
            Http2Stream stream,
            StreamResponse response,
            StreamOutput output) {
        this.parts = parts;
        this.connection = connection;
        this.stream = stream;
        this.response = response;
        this.output = output;
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
        opened.whenEnded(output::wake);
        subscription = opened;
        End early = cause;
        if (early != null) {
            parts.hub().end(opened, early); // the call was ended before there was a subscription
        }
        try {
            output.progress().advance();
            response.begin(); // before the first event: the headers tell the gateway that it is subscribed
            pump(opened).run();
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

    private DeliveryPump pump(Subscription opened) {
        OutgoingBatch outgoing = new OutgoingBatch(opened.gatewayClientId(), parts.tracer(), parts.observer());
        DispatcherCourier courier =
                new DispatcherCourier(opened, connection.writer(), stream, outgoing, parts.frames());
        return new DeliveryPump(opened, courier, outgoing, output);
    }

    /** The call's subscription; null before it is opened. */
    @Nullable
    Subscription subscription() {
        return subscription;
    }

    /** Ends the call, even before it is served. */
    void end(End why) {
        cause = why;
        Subscription served = subscription;
        if (served != null) {
            parts.hub().end(served, why);
        }
    }
}
