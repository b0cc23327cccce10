package push.transport.gate;

import io.helidon.http.http2.FlowControl;
import org.jspecify.annotations.Nullable;

/**
 * One stream as the gate sees it. Everything in it is guarded by the connection's {@link Http2Streams}; the public
 * methods take that lock, and are for any thread.
 */
public final class GateStream {

    private final Http2Streams streams;
    final int id;
    final boolean isGrpc;
    final long openedAt;

    /** The send window, in bytes. The peer's settings may make it negative. */
    long sendWindow;

    /** The receive window that the gate enforces, in bytes. */
    int receiveWindow = InboundBodies.STREAM_WINDOW;

    /** Bytes of DATA that have arrived and have not been returned to the windows. */
    int unreturned;

    /** What the stream counts for in {@link HeldBytes}, beside its body. */
    int heldBytes;

    /** Helidon has been given the end of the request, or a reset. */
    boolean isEndHanded;

    /** The thread that Helidon runs the stream on, while it does. */
    @Nullable
    Thread servedBy;

    /** The bytes of the declared content length that are still to arrive; -1 when none was declared. */
    long bodyLeft;

    long bodyBytes;
    long heardAt;

    /** When a part of the waiting answer was sent last, or the answer began to wait. */
    long sentAt;

    /** The peer has ended its side, or has reset the stream. */
    boolean remoteEnded;

    /**
     * The hub's side has ended: END_STREAM or RST_STREAM was written, or will be with what waits in {@link #toSend}.
     */
    boolean localEnded;

    /** Either side has reset the stream: nothing more is sent. */
    boolean isReset;

    /** The hub has sent, or will send, a response of its own or of Helidon's. */
    boolean isAnswered;

    /** Whether Helidon has the stream in its table, so that the gate may pass on a reset. */
    boolean isKnownToHelidon;

    /** Helidon has asked for a thread to serve the stream on. */
    boolean isSubmitted;

    /** Whether Helidon still serves the stream, or will. */
    boolean isServed;

    final BodyFeed body = new BodyFeed();
    final SendQueue toSend = new SendQueue();

    @Nullable
    GatedStream gated;

    private Runnable whenServed = () -> {};
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

    /**
     * Registers a listener for window changes and for the connection's end. If the connection has ended, the listener
     * is called at once.
     */
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

    /** Stops counting the stream's memory: from now on another limit bounds it. */
    public void release() {
        streams.release(this);
    }

    /**
     * Sets what runs once Helidon no longer serves the stream, for whatever reason: it has been answered or reset, its
     * handler has failed, or its connection has ended. For the thread that Helidon serves the stream on, which also
     * runs the task.
     */
    public void whenServed(Runnable task) {
        whenServed = task;
    }

    /** On the thread that served the stream. */
    void runWhenServed() {
        whenServed.run();
    }

    /** Whether nothing can be sent now: a window is shut, or the stream is over. */
    public boolean isShut() {
        return streams.sendable(this) <= 0;
    }

    /**
     * Reserves bytes in the windows of the stream and of its connection. The caller must have claimed the connection's
     * writer, so that the reserved bytes are written before anything else.
     *
     * @return how many of the wanted bytes may be written; 0 while a window is shut, or when the stream was reset
     */
    public int reserve(int wanted) {
        return streams.reserve(this, wanted);
    }

    /** As {@link #reserve}, but reserves all wanted bytes or none. */
    public boolean reserveAll(int wanted) {
        return streams.reserveAll(this, wanted);
    }

    /** Helidon has begun to serve the stream, and will wait for this window when it has used up its first frame. */
    void servedWith(FlowControl.Outbound window) {
        helidonWindow = window;
        int owed = creditOwed;
        creditOwed = 0;
        credit(owed);
    }

    /** Lets Helidon write as many bytes again: the earlier ones were sent or discarded. */
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
