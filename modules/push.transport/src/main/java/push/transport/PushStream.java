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
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import push.engine.End;
import push.transport.gate.Http2Filter;
import push.transport.gate.Http2Stream;
import push.transport.gate.StreamListener;

/**
 * The stream of one call of {@code SubscribePush}.
 *
 * <p>The stream's own thread handles the stream from the request to the trailers; only deliveries that arrive while
 * this thread waits may be written by the dispatcher. Other threads report the end: the connection's thread reports a
 * reset or the end of the connection, the supervisor reports a stalled reader or a passed deadline, and the hub ends
 * the subscription for its own reasons. While the stream's own thread still waits for the request, those threads end
 * the stream themselves.
 */
final class PushStream implements SubProtocolHandler, StreamListener {

    private static final System.Logger LOG = System.getLogger(PushStream.class.getName());

    /** How long the request message may take to arrive. */
    private static final long REQUEST_NANOS = 10_000_000_000L;

    private final StreamParts parts;
    private final Http2Filter connection;
    private final Http2Stream stream;
    private final RequestHeaders headers;
    private final StreamResponse response;
    private final StreamOutput output;
    private final StreamWatchdog watchdog;
    private final PushCall call;
    private final CallDeadline deadline;

    /** True once a thread has begun to serve the request, to refuse it, or to discard it. */
    private final AtomicBoolean settled = new AtomicBoolean();

    private volatile Http2StreamState state;

    /** Null once the request is served or answered, to free its memory: the stream may live for weeks. */
    private volatile @Nullable RequestMessage request;

    /** Must be called on the stream's own thread. */
    PushStream(
            StreamParts parts,
            Http2Filter connection,
            Http2Stream stream,
            RequestHeaders headers,
            StreamResponse response,
            Http2StreamState state) {
        this.parts = parts;
        this.deadline = new CallDeadline(parts.supervisor());
        this.connection = connection;
        this.stream = stream;
        this.headers = headers;
        this.response = response;
        this.output = new StreamOutput(connection.writer(), stream, parts.buffers());
        this.watchdog = new StreamWatchdog(
                parts.hub(), connection, output, parts.limits().stallNanos());
        this.call = new PushCall(parts, connection, stream, response, output);
        this.state = state;
    }

    @Override
    public void init() {
        stream.attach(this);
        // Helidon reports a reset only to a handler that it has already stored; the gate knows of every reset.
        if (state == Http2StreamState.CLOSED || stream.isReset()) {
            letGo(End.CANCELLED); // the stream was reset before this handler existed
        } else {
            expectRequest();
        }
        if (settled.get()) {
            leave(); // again, because the stream may have ended before it was attached
        }
    }

    private void expectRequest() {
        try {
            request = new RequestMessage(headers.encoding(), parts.budget());
            deadline.start(headers.timeoutNanos(), stream.openedAt(), this::deadlinePassed);
        } catch (StatusException e) {
            refuse(e.getStatus());
        }
    }

    /** The initial state; {@code CLOSED} once the request has ended or the stream was reset. */
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
        if (message != null) { // otherwise the request is already served or answered
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
            return; // the deadline has passed, and another thread writes the status
        }
        this.request = null;
        stream.release(); // from now on, the limits on subscriptions bound its memory
        boolean answered = false;
        try (request) {
            finish(call.serve(message, request::close));
            answered = true;
        } catch (StatusException e) {
            answer(e.getStatus());
            answered = true;
        } finally {
            if (!answered) {
                connection.cut(); // a stream that no thread serves must not look alive
            }
            leave(); // in any case: nothing may wait for the stream, or check it, forever
        }
    }

    private void finish(End end) {
        LOG.log(DEBUG, "push stream ended; end={0}", end);
        switch (end) {
            case REPLACED, STOPPED, STALLED, DEADLINE_EXCEEDED, RECONNECT, UNAUTHENTICATED, DENIED, FAILED ->
                answer(EndStatus.of(end));
            case CANCELLED, DISCONNECTED -> over(EndStatus.of(end)); // no peer is left to read trailers
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
        output.progress().advance();
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
        output.progress().done();
        leave();
        parts.observer().ended(status.getCode().name());
    }

    private void leave() {
        stream.detach();
        deadline.cancel();
    }

    private void deadlinePassed() {
        call.end(End.DEADLINE_EXCEEDED);
        if (settle()) { // the stream's own thread waits for the rest of the request
            answerLater(EndStatus.of(End.DEADLINE_EXCEEDED));
        }
    }

    /** Answers on another thread, because the socket may have no room. */
    private void answerLater(Status status) {
        Thread.ofVirtual().start(() -> answer(status));
    }

    @Override
    public void rstStream(Http2RstStream reset) {
        state = Http2StreamState.CLOSED;
        call.end(End.CANCELLED);
        letGo(End.CANCELLED);
    }

    /** The connection has ended, so an incomplete request will never be complete. */
    @Override
    public void disconnected() {
        call.end(End.DISCONNECTED);
        letGo(End.DISCONNECTED);
    }

    @Override
    public void windowMayHaveGrown() {
        output.windowMayHaveGrown();
    }

    @Override
    public void check(long now) {
        if (request != null && now - stream.openedAt() > REQUEST_NANOS && settle()) {
            answerLater(Status.DEADLINE_EXCEEDED.withDescription("the request message did not come within 10 s"));
        }
        watchdog.check(call.subscription(), now);
    }

    @Override
    public void windowUpdate(Http2WindowUpdate update) {} // Helidon 4.5 never calls it; see windowMayHaveGrown
}
