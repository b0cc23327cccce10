package push.transport;

import static java.lang.System.Logger.Level.DEBUG;

import io.grpc.Status;
import io.grpc.StatusException;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.http2.Http2FrameHeader;
import io.helidon.http.http2.Http2FrameTypes;
import io.helidon.http.http2.Http2RstStream;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2WindowUpdate;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector.SubProtocolHandler;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import push.engine.End;
import push.transport.gate.GateStream;
import push.transport.gate.GatedStream;
import push.transport.gate.GatewayConnection;

/**
 * The stream of one call of {@code SubscribePush}.
 *
 * <p>The life of the stream runs on its own thread, from the request to the trailers; only what comes while that waits
 * may be written by the dispatcher. Others tell it that it is over: the connection's thread of a reset, or of the
 * connection's own end; the supervisor of a reader that takes nothing, or of a deadline; the hub of its own reasons.
 * While its own thread still waits for the request, they see to the end themselves.
 */
final class PushStream implements SubProtocolHandler, GatedStream {

    private static final System.Logger LOG = System.getLogger(PushStream.class.getName());

    /** How long the request message may take to come. */
    private static final long REQUEST_NANOS = 10_000_000_000L;

    private final StreamParts parts;
    private final GatewayConnection connection;
    private final GateStream stream;
    private final RequestHeaders headers;
    private final StreamResponse response;
    private final WriteProgress progress = new WriteProgress();
    private final PushCall call;
    private final long openedAt;

    /** Whether somebody has taken it upon them to serve the request, to refuse it, or to let it go. */
    private final AtomicBoolean settled = new AtomicBoolean();

    private volatile Http2StreamState state;
    private volatile @Nullable Future<?> deadline;

    /** Null once it is answered: the stream may live for weeks. */
    private volatile @Nullable RequestMessage request;

    /** To be made on the stream's own thread. */
    PushStream(
            StreamParts parts,
            GatewayConnection connection,
            GateStream stream,
            RequestHeaders headers,
            StreamResponse response,
            StreamWriter writer,
            Http2StreamState state) {
        this.parts = parts;
        this.openedAt = parts.supervisor().nanoTime();
        this.connection = connection;
        this.stream = stream;
        this.headers = headers;
        this.response = response;
        this.call = new PushCall(parts, connection, response, writer, progress);
        this.state = state;
    }

    @Override
    public void init() {
        stream.attach(this);
        if (state == Http2StreamState.CLOSED) {
            letGo(End.CANCELLED); // the reset came before there was anything here to be told
        } else {
            expectRequest();
        }
        if (settled.get()) {
            leave(); // again, as it may have been over before it was added
        }
    }

    private void expectRequest() {
        try {
            request = new RequestMessage(headers.encoding(), parts.budget());
            Optional<Long> timeout = headers.timeoutNanos();
            if (timeout.isPresent()) {
                deadline = parts.supervisor().after(timeout.get(), this::deadlinePassed);
            }
        } catch (StatusException e) {
            refuse(e.getStatus());
        }
    }

    /** The state as it was at first, until nothing more will come. */
    @Override
    public Http2StreamState streamState() {
        return state;
    }

    @Override
    public void data(Http2FrameHeader header, BufferData data) {
        if (state == Http2StreamState.CLOSED) {
            return; // reset
        }
        boolean last = header.flags(Http2FrameTypes.DATA).endOfStream();
        if (last) {
            state = Http2StreamState.CLOSED;
        }
        RequestMessage message = request;
        if (message != null) { // else it is answered already
            take(message, data, last);
        }
    }

    private void take(RequestMessage message, BufferData data, boolean last) {
        try {
            message.add(data);
            if (last) {
                serve(message, message.complete());
            }
        } catch (StatusException e) {
            refuse(e.getStatus());
        }
    }

    private void serve(RequestMessage request, byte[] message) {
        if (!settle()) {
            return; // the deadline has passed, and the gateway is being told
        }
        this.request = null;
        stream.release(); // from here on the limits of subscriptions hold
        boolean told = false;
        try (request) {
            finish(call.serve(message, request::close));
            told = true;
        } catch (StatusException e) {
            answer(e.getStatus());
            told = true;
        } finally {
            if (!told) {
                connection.cut(); // a stream that nobody serves must not look as if it lived
            }
            leave(); // whatever happened: nobody may wait for it, or look after it, for ever
        }
    }

    private void finish(End end) {
        LOG.log(DEBUG, "push stream ended; end={0}", end);
        switch (end) {
            case REPLACED, STOPPED, STALLED, DEADLINE_EXCEEDED, DRAINED, FAILED -> answer(EndStatus.of(end));
            case CANCELLED, DISCONNECTED -> over(EndStatus.of(end)); // nobody is there to read trailers
        }
    }

    private boolean settle() {
        return settled.compareAndSet(false, true);
    }

    private void refuse(Status status) {
        if (settle()) {
            answer(status);
        }
    }

    private void letGo(End end) {
        if (settle()) {
            over(EndStatus.of(end));
        }
    }

    private void answer(Status status) {
        progress.advance();
        try {
            response.end(status);
        } catch (RuntimeException e) {
            LOG.log(DEBUG, "nobody was there to be answered", e);
        }
        over(status);
    }

    private void over(Status status) {
        RequestMessage unread = request;
        request = null;
        if (unread != null) {
            unread.close();
        }
        progress.done();
        leave();
        parts.observer().ended(status.getCode().name());
    }

    private void leave() {
        stream.detach();
        Future<?> timer = deadline;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void deadlinePassed() {
        call.end(End.DEADLINE_EXCEEDED);
        if (settle()) { // the stream's own thread waits for the rest of the request
            Thread.ofVirtual().start(() -> answer(EndStatus.of(End.DEADLINE_EXCEEDED)));
        }
    }

    @Override
    public void rstStream(Http2RstStream reset) {
        state = Http2StreamState.CLOSED;
        call.end(End.CANCELLED);
        letGo(End.CANCELLED);
    }

    /** The connection is gone, and with it the rest of a request that was still to come. */
    @Override
    public void disconnected() {
        call.end(End.DISCONNECTED);
        letGo(End.DISCONNECTED);
    }

    /** What Helidon has read of late may have opened a window. */
    @Override
    public void windowMayHaveGrown() {
        call.windowMayHaveGrown();
    }

    @Override
    public void look(long now) {
        if (request != null && now - openedAt > REQUEST_NANOS && settle()) {
            // Not here: the socket may have no room.
            Thread.ofVirtual()
                    .start(() -> answer(
                            Status.DEADLINE_EXCEEDED.withDescription("the request message did not come within 10 s")));
        }
        call.look(now, parts.limits());
    }

    @Override
    public void windowUpdate(Http2WindowUpdate update) {
        // Helidon 4.5 never calls it: see windowMayHaveGrown.
    }
}
