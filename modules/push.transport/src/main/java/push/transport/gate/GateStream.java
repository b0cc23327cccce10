package push.transport.gate;

import io.helidon.http.http2.FlowControl;
import org.jspecify.annotations.Nullable;

/**
 * One stream as the gate sees it. Everything in it is guarded by the connection's {@link Http2Streams}; the public methods
 * take that lock, and are for any thread.
 */
public final class GateStream {

    private final Http2Streams streams;
    final int id;
    final boolean isGrpc;
    final long openedAt;

    /** How much may be sent to the peer. Its settings may make it negative. */
    long sendWindow;

    /** How much the peer may send. */
    int receiveWindow = InboundBodies.STREAM_WINDOW;

    /** What the peer has sent and has not been given back to the connection's window. */
    int unreturned;

    /** What is held as long as there is the stream, beside its body. */
    int heldBytes;

    /** Helidon has been given the end of the request, or a reset. */
    boolean isEndHanded;

    /** The thread that Helidon runs the stream on, while it does. */
    @Nullable
    Thread servedBy;

    /** How much of a declared content length has yet to come; -1 when none was declared. */
    long bodyLeft;

    long bodyBytes;
    long heardAt;

    /** When something of what waits was sent last, or began to wait. */
    long sentAt;

    /** The peer has ended its side, or has reset the stream. */
    boolean remoteEnded;

    /** The hub's side has ended: END_STREAM or RST_STREAM was written, or will be with what waits in {@link #toSend}. */
    boolean localEnded;

    /** Either side has reset the stream: nothing more is sent. */
    boolean isReset;

    /** The hub has sent, or will send, a response of its own or of Helidon's. */
    boolean isAnswered;

    /** Helidon has the stream in its table, and can be told of a reset. */
    boolean isKnownToHelidon;

    /** The thread that Helidon runs the stream on has not ended. */
    boolean isServed;

    final BodyFeed body = new BodyFeed();
    final SendQueue toSend = new SendQueue();

    @Nullable
    GatedStream gated;

    private FlowControl.@Nullable Outbound helidonWindow;
    private int creditOwed;

    GateStream(Http2Streams streams, int id, boolean isGrpc, long bodyLeft, long sendWindow, long now) {
        this.streams = streams;
        this.id = id;
        this.isGrpc = isGrpc;
        this.bodyLeft = bodyLeft;
        this.sendWindow = sendWindow;
        this.openedAt = now;
        this.heardAt = now;
        this.sentAt = now;
    }

    /** The stream's number. */
    public int id() {
        return id;
    }

    /** From now on the stream is told of windows, and of the connection's end; at once, if that has come already. */
    public void attach(GatedStream gated) {
        streams.attach(this, gated);
    }

    /** The opposite of {@link #attach}. Idempotent. */
    public void detach() {
        streams.detach(this);
    }

    /**
     * Counts memory that serving the stream takes, beside what every stream takes, until it ends.
     *
     * @return false when the gate holds too much already, for this connection or for all
     */
    public boolean tryHold(int bytes) {
        return streams.tryHold(this, bytes);
    }

    /** From now on something else bounds what the stream takes. */
    public void release() {
        streams.release(this);
    }

    /** Whether nothing can be sent at the moment: a window is shut, or the stream is over. */
    public boolean isShut() {
        return streams.sendable(this) <= 0;
    }

    /**
     * Takes from the windows of the stream and of its connection. To be called while the connection's writer is claimed, so
     * that what was taken is written before anything else.
     *
     * @return how much of what is wanted may be written; 0 while a window is shut, or when the stream was reset
     */
    public int reserve(int wanted) {
        return streams.reserve(this, wanted);
    }

    /** As {@link #reserve}, of as much as is wanted or nothing. */
    public boolean reserveAll(int wanted) {
        return streams.reserveAll(this, wanted);
    }

    /** Helidon has begun to serve the stream, and will wait for this window when it has used up what it was shown. */
    void servedWith(FlowControl.Outbound window) {
        helidonWindow = window;
        int owed = creditOwed;
        creditOwed = 0;
        credit(owed);
    }

    /** What Helidon wrote has gone out, or will never: Helidon may write as much again. */
    void credit(int bytes) {
        FlowControl.Outbound window = helidonWindow;
        if (window == null) {
            creditOwed += bytes;
        } else if (bytes > 0) {
            window.incrementStreamWindowSize(bytes);
        }
    }

    boolean isOver() {
        return isReset || (remoteEnded && localEnded);
    }
}
