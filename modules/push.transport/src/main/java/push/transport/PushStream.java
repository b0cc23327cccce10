package push.transport;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import io.grpc.Status;
import io.grpc.StatusException;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.http2.Http2FrameHeader;
import io.helidon.http.http2.Http2FrameTypes;
import io.helidon.http.http2.Http2RstStream;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2WindowUpdate;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector.SubProtocolHandler;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import push.engine.End;
import push.engine.Subscription;
import push.engine.SubscriptionRefused;

/**
 * One call of {@code SubscribePush}.
 *
 * <p>The whole life of the stream runs on its own thread, from the request to the trailers. Others only tell it that
 * it is over: the connection's thread of a reset, or of the connection's own end; the supervisor of a reader that
 * takes nothing, or of a deadline; the hub of its own reasons.
 */
final class PushStream implements SubProtocolHandler {

    private static final System.Logger LOG = System.getLogger(PushStream.class.getName());

    /** How long a write may take after the stream's end before the connection is cut under it. */
    private static final long GRACE_NANOS = 500_000_000;

    private final StreamParts parts;
    private final GatewayConnection connection;
    private final RequestHeaders headers;
    private final StreamResponse response;
    private final StreamWriter writer;
    private final WriteProgress progress = new WriteProgress();
    private final Thread thread = Thread.currentThread();
    private volatile Http2StreamState state;
    private volatile @Nullable Subscription subscription;
    private volatile @Nullable End cause;

    // Only its own thread uses these. The request is null once it is answered: the stream may live for weeks.
    private @Nullable RequestMessage request;
    private @Nullable Future<?> deadline;

    // Only the supervisor's thread uses it.
    private long endSeen = Long.MIN_VALUE;

    /** To be made on the stream's own thread. */
    PushStream(
            StreamParts parts,
            GatewayConnection connection,
            RequestHeaders headers,
            StreamResponse response,
            StreamWriter writer,
            Http2StreamState state) {
        this.parts = parts;
        this.connection = connection;
        this.headers = headers;
        this.response = response;
        this.writer = writer;
        this.state = state;
    }

    @Override
    public void init() {
        connection.add(this);
        try {
            request = new RequestMessage(headers.encoding());
            Optional<Long> timeout = headers.timeoutNanos();
            if (timeout.isPresent()) {
                deadline = parts.supervisor().after(timeout.get(), () -> end(End.DEADLINE_EXCEEDED));
            }
        } catch (StatusException e) {
            answer(e.getStatus());
        }
    }

    @Override
    public Http2StreamState streamState() {
        return state;
    }

    @Override
    public void data(Http2FrameHeader header, BufferData data) {
        boolean last = header.flags(Http2FrameTypes.DATA).endOfStream();
        RequestMessage message = request;
        if (message == null) { // answered already
            state = last ? Http2StreamState.CLOSED : state;
            return;
        }
        try {
            message.add(data);
            if (last) {
                state = Http2StreamState.HALF_CLOSED_REMOTE;
                request = null;
                serve(message.complete());
            }
        } catch (StatusException e) {
            answer(e.getStatus());
        }
    }

    private void serve(byte[] message) throws StatusException {
        try {
            Subscription opened = parts.hub().subscribe(SubscribeRequests.parse(message, connection.peer()));
            try {
                serve(opened);
            } finally {
                parts.hub().end(opened, End.FAILED); // no error, however grave, leaves one behind that nobody reads
            }
        } catch (SubscriptionRefused e) {
            throw EndStatus.of(e).asException();
        } catch (RuntimeException e) {
            LOG.log(ERROR, "a push stream could not be opened", e);
            throw EndStatus.of(End.FAILED).asException();
        }
    }

    private void serve(Subscription opened) {
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
        } catch (RuntimeException e) {
            if (!connection.isOpen()) {
                end(End.DISCONNECTED);
            } else if (parts.hub().end(opened, End.FAILED)) { // else it comes of the end that there was
                LOG.log(ERROR, "a push stream failed", e);
            }
        }
        finish(opened.end().orElse(End.FAILED));
    }

    private void finish(End end) {
        LOG.log(DEBUG, "push stream ended; end={0}", end);
        switch (end) {
            case REPLACED, STOPPED, STALLED, DEADLINE_EXCEEDED, DRAINED, FAILED -> answer(EndStatus.of(end));
            case CANCELLED, DISCONNECTED -> over(EndStatus.of(end)); // nobody is there to read trailers
        }
    }

    private void answer(Status status) {
        request = null;
        progress.advance();
        try {
            response.end(status);
        } catch (RuntimeException e) {
            LOG.log(DEBUG, "nobody was there to be answered", e);
        }
        over(status);
    }

    private void over(Status status) {
        progress.done();
        boolean nothingWillCome = state == Http2StreamState.HALF_CLOSED_REMOTE || state == Http2StreamState.CLOSED;
        state = nothingWillCome ? Http2StreamState.CLOSED : Http2StreamState.HALF_CLOSED_LOCAL;
        connection.remove(this);
        if (deadline != null) {
            deadline.cancel(false);
        }
        parts.observer().ended(status.getCode().name());
    }

    @Override
    public void rstStream(Http2RstStream reset) {
        state = Http2StreamState.CLOSED;
        end(End.CANCELLED);
        if (subscription == null) {
            connection.remove(this);
        }
    }

    /** The connection is gone, and with it the rest of a request that was still to come. */
    void disconnected() {
        end(End.DISCONNECTED);
        if (subscription == null) {
            thread.interrupt();
        }
    }

    private void end(End why) {
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
     * @param now on the scale of {@link System#nanoTime}
     */
    void look(long now, StreamLimits limits) {
        Subscription served = subscription;
        if (served == null) {
            return;
        }
        long stuck = progress.stuckFor(now);
        if (served.end().isEmpty()) {
            if (stuck > limits.stallNanos()) {
                parts.hub().end(served, End.STALLED);
            } else if (connection.isWornOut()) {
                parts.hub().end(served, End.DRAINED);
            }
            endSeen = now;
        } else if (stuck > GRACE_NANOS && now - endSeen > GRACE_NANOS) {
            connection.cut(); // it hangs in a write to the socket, which nothing else ends
        }
    }

    @Override
    public void windowUpdate(Http2WindowUpdate update) {
        // Helidon 4.5 never calls it: see windowMayHaveGrown.
    }
}
