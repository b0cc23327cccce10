package push.transport;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.helidon.http.http2.Http2Exception;
import io.helidon.webserver.CloseConnectionException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import push.engine.Delivery;
import push.engine.End;
import push.engine.Entry;
import push.engine.Hub;
import push.engine.Notice;
import push.engine.Subscription;
import push.engine.SubscriptionRefused;
import push.engine.SubscriptionRequest;

/**
 * One call of {@code SubscribePush}.
 *
 * <p>The whole life of the stream runs on the call's own thread, from the request to the trailers. Only a
 * reset of the stream is told by another one, that which reads the connection.
 */
final class PushCall extends ServerCall.Listener<byte[]> {

    private static final System.Logger LOG = System.getLogger(PushCall.class.getName());
    private static final int BATCH = 64;

    private final ServerCall<byte[], Delivery> call;
    private final Hub hub;
    private final StreamSupervisor supervisor;
    private final TransportObserver observer;
    private final Thread thread = Thread.currentThread();
    private final StreamConnection connection = StreamConnection.current();
    private final SupervisedStream stream = new SupervisedStream(connection, thread);
    private byte @Nullable [] request;
    private volatile boolean reset;

    /** To be made on the call's own thread. */
    PushCall(ServerCall<byte[], Delivery> call, Hub hub, StreamSupervisor supervisor, TransportObserver observer) {
        this.call = call;
        this.hub = hub;
        this.supervisor = supervisor;
        this.observer = observer;
        supervisor.add(stream);
        call.request(2); // the second only to refuse it: what is not asked for piles up in the server
    }

    @Override
    public void onMessage(byte[] message) {
        if (request != null) {
            request = null;
            close(Status.INVALID_ARGUMENT.withDescription("there must be one request message, and there were more"));
            return;
        }
        request = message;
    }

    @Override
    public void onHalfClose() {
        try {
            SubscriptionRequest parsed = SubscribeRequests.parse(request, connection.peer());
            request = null; // the stream may live for weeks
            Subscription subscription = hub.subscribe(parsed);
            try {
                serve(subscription);
            } finally {
                hub.end(subscription, End.FAILED); // no error, however grave, leaves one behind that nobody reads
            }
        } catch (InvalidProtocolBufferException | InvalidRequestException e) {
            close(Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
        } catch (SubscriptionRefused e) {
            close(EndStatus.of(e));
        } catch (RuntimeException e) {
            LOG.log(ERROR, "a push stream could not be opened", e);
            close(Status.INTERNAL.withDescription("the hub failed; its log says why"));
        } finally {
            supervisor.remove(stream);
        }
    }

    private void serve(Subscription subscription) {
        stream.serves(subscription);
        if (reset) {
            hub.end(subscription, End.CANCELLED); // it came before there was anything to end
        }
        try {
            // At once, not with the first event: this is how a gateway knows that it is subscribed.
            stream.writing(() -> call.sendHeaders(new Metadata()));
            pump(subscription);
        } catch (InterruptedException e) {
            hub.end(subscription, End.STOPPED); // the server is being shut down
        } catch (Http2Exception e) {
            hub.end(subscription, End.STALLED); // the wait for the peer's window was cut short
        } catch (CloseConnectionException | UncheckedIOException e) {
            hub.end(subscription, End.DISCONNECTED);
        } catch (RuntimeException e) {
            if (!connection.isOpen()) {
                hub.end(subscription, End.DISCONNECTED); // the interrupt that frees its thread may come at any time
            } else if (hub.end(subscription, End.FAILED)) { // else it comes of the end that there was
                LOG.log(ERROR, "a push stream failed", e);
            }
        }
        finish(subscription, subscription.end().orElseThrow());
    }

    private void pump(Subscription subscription) throws InterruptedException {
        Delivery[] batch = new Delivery[BATCH];
        for (int n = subscription.take(batch); n > 0; n = subscription.take(batch)) {
            Delivery first = batch[0];
            int taken = n;
            stream.writing(() -> write(subscription, batch, taken));
            if (first instanceof Entry event) {
                observer.wrote(event.appendedNanos());
            }
        }
    }

    private void write(Subscription subscription, Delivery[] batch, int n) {
        for (int i = 0; i < n; i++) {
            Delivery delivery = batch[i];
            batch[i] = null; // a stream that hangs in a write must not keep the events behind it alive
            if (subscription.end().isPresent() && !(delivery instanceof Notice.GoAway)) {
                return;
            }
            call.sendMessage(delivery);
            stream.progressed();
        }
    }

    private void finish(Subscription subscription, End end) {
        hub.end(subscription, end);
        LOG.log(DEBUG, "push stream ended; end={0}", end);
        switch (end) {
            case REPLACED, STOPPED, STALLED, FAILED -> close(EndStatus.of(end));
            // Nobody is there to read trailers, or to end the stream, for which Helidon would wait.
            case DISCONNECTED -> letGo(EndStatus.of(end));
            case CANCELLED -> observer.ended(EndStatus.of(end).getCode().name()); // the reset has closed the stream
        }
    }

    private void close(Status status) {
        try {
            stream.writing(() -> call.close(status, new Metadata()));
            observer.ended(status.getCode().name());
        } catch (RuntimeException e) { // the connection is gone
            letGo(status);
        }
    }

    /** Ends the stream's thread, which Helidon would have wait for a frame that can't come. */
    private void letGo(Status status) {
        observer.ended(status.getCode().name());
        thread.interrupt();
    }

    @Override
    public void onCancel() {
        if (Thread.currentThread().equals(thread)) {
            // Not the peer's doing: the server could not read the request, and nothing else would answer it.
            close(Status.RESOURCE_EXHAUSTED.withDescription(
                    "the request can't be read: it is too large, or compressed"));
            return;
        }
        reset = true;
        stream.subscription()
                .ifPresentOrElse(subscription -> hub.end(subscription, End.CANCELLED), () -> supervisor.remove(stream));
    }
}
