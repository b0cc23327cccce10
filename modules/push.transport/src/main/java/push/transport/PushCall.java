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
import push.engine.End;
import push.engine.Entry;
import push.engine.Hub;
import push.engine.Subscription;
import push.engine.SubscriptionRefused;
import push.engine.SubscriptionRequest;
import push.engine.SubscriptionRequest.Start;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.Interest;

/**
 * One call of {@code SubscribePush}.
 *
 * <p>The whole life of the stream runs on the call's own thread, from the request to the trailers; only
 * {@link #onCancel} comes from the thread that reads the connection.
 */
final class PushCall extends ServerCall.Listener<byte[]> {

    private static final System.Logger LOG = System.getLogger(PushCall.class.getName());
    private static final int BATCH = 64;

    private final ServerCall<byte[], Entry> call;
    private final Hub hub;
    private final StreamSupervisor supervisor;
    private final TransportObserver observer;
    private byte @Nullable [] request;
    private volatile @Nullable Subscription subscription;

    PushCall(ServerCall<byte[], Entry> call, Hub hub, StreamSupervisor supervisor, TransportObserver observer) {
        this.call = call;
        this.hub = hub;
        this.supervisor = supervisor;
        this.observer = observer;
    }

    @Override
    public void onMessage(byte[] message) {
        request = message;
    }

    @Override
    public void onHalfClose() {
        Subscription opened;
        StreamConnection connection = StreamConnection.current();
        try {
            opened = hub.subscribe(parse(request, connection.peer()));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            close(Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
            return;
        } catch (UnsupportedOperationException e) {
            close(Status.UNIMPLEMENTED.withDescription(e.getMessage()));
            return;
        } catch (SubscriptionRefused e) {
            close(EndStatus.of(e));
            return;
        }
        subscription = opened;
        if (call.isCancelled()) {
            onCancel(); // it came before there was anything to end
        }
        stream(opened, connection);
    }

    private static SubscriptionRequest parse(byte @Nullable [] message, String peer)
            throws InvalidProtocolBufferException {
        if (message == null) {
            throw new IllegalArgumentException("the request message is missing");
        }
        GatewaySubscribeRequest request = GatewaySubscribeRequest.parseFrom(message);
        if (!request.getInterest().equals(Interest.getDefaultInstance())) {
            throw new UnsupportedOperationException("interest is not supported by this version; leave it empty");
        }
        Start start = switch (request.getStart()) {
            case START_UNSPECIFIED -> Start.CURSOR;
            case START_EARLIEST -> Start.EARLIEST;
            case UNRECOGNIZED ->
                throw new IllegalArgumentException("start must be 0 or 1, and was " + request.getStartValue());
        };
        return new SubscriptionRequest(request.getGatewayClientId(), peer, request.getCursor(), start);
    }

    private void stream(Subscription opened, StreamConnection connection) {
        SupervisedStream stream = new SupervisedStream(opened, connection, Thread.currentThread());
        supervisor.add(stream);
        try {
            // At once, not with the first event: this is how a gateway knows that it is subscribed.
            call.sendHeaders(new Metadata());
            pump(opened, stream);
        } catch (InterruptedException e) {
            hub.end(opened, End.DISCONNECTED); // Helidon interrupts a stream when its connection is closed
        } catch (Http2Exception e) {
            hub.end(opened, End.STALLED); // the wait for the peer's window was cut short
        } catch (CloseConnectionException | UncheckedIOException e) {
            hub.end(opened, End.DISCONNECTED);
        } catch (RuntimeException | Error e) {
            LOG.log(ERROR, "push stream failed; gateway_client_id=" + opened.gatewayClientId(), e);
            hub.end(opened, End.CANCELLED);
            throw e;
        } finally {
            supervisor.remove(stream);
            stream.writingEnded();
        }
        finish(opened);
    }

    private void pump(Subscription opened, SupervisedStream stream) throws InterruptedException {
        Entry[] batch = new Entry[BATCH];
        int n = opened.take(batch);
        while (n > 0) {
            if (!stream.writingBegins()) {
                return;
            }
            for (int i = 0; i < n && opened.end().isEmpty(); i++) {
                call.sendMessage(batch[i]);
                stream.progressed();
            }
            stream.writingEnded();
            observer.wrote(batch[0]);
            java.util.Arrays.fill(batch, 0, n, null); // a stream that waits must not keep old events alive
            n = opened.take(batch);
        }
    }

    private void finish(Subscription ended) {
        End cause = ended.end().orElseThrow();
        hub.end(ended, cause);
        Status status = EndStatus.of(cause);
        observer.ended(status.getCode().name());
        LOG.log(DEBUG, "push stream ended; gateway_client_id={0} end={1}", ended.gatewayClientId(), cause);
        switch (cause) {
            case REPLACED, STOPPED, STALLED -> close(status);
            // Nobody is there to read trailers. Helidon goes on waiting for the stream's next frame, which
            // can't come: interrupted, it lets the thread go.
            case DISCONNECTED -> Thread.currentThread().interrupt();
            case CANCELLED -> {} // the reset has closed the stream
        }
    }

    private void close(Status status) {
        call.close(status, new Metadata());
    }

    @Override
    public void onCancel() {
        Subscription opened = subscription;
        if (opened != null) {
            hub.end(opened, End.CANCELLED);
        } else if (!call.isCancelled()) {
            // Not the peer's doing: the request could not be read, and nothing else would answer it.
            close(Status.RESOURCE_EXHAUSTED.withDescription("the request is too large"));
        }
    }
}
