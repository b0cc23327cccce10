package push.transport.gate;

import io.helidon.http.http2.FlowControl;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 stream as the gate sees it. The connection's {@link Http2Streams} guards its state. Any thread may call
 * the public methods, except {@link #whenServed}.
 */
public final class Http2Stream {

    private final Http2Streams streams;
    private final SendWindows windows;
    final int id;
    final boolean isGrpc;
    final long openedAt;

    /** The send window, in bytes. The peer's settings may make it negative. */
    long sendWindow;

    /** The receive window that the gate enforces, in bytes. */
    int receiveWindow = InboundBodies.STREAM_WINDOW;

    /** Bytes of DATA that have arrived and have not been returned to the windows. */
    int unconsumed;

    /** The bytes that the stream counts for in {@link HeldBytes}, besides its body. */
    int heldBytes;

    /** Helidon has been given the end of the request, or a reset. */
    boolean isEndDelivered;

    /** The thread on which Helidon serves the stream; null while none does. */
    @Nullable
    Thread servedBy;

    /** The bytes of the declared content length that are still to arrive; -1 when none was declared. */
    long bodyLeft;

    long bodyBytes;
    long heardAt;

    /** When a part of the waiting response was last sent, or when the response began to wait. */
    long sentAt;

    /** The peer has sent END_STREAM, or either side has reset the stream. */
    boolean remoteEnded;

    /**
     * The hub's side has ended: END_STREAM or RST_STREAM was written, or will be with what waits in {@link #toSend}.
     */
    boolean localEnded;

    /** Either side has reset the stream: nothing more is sent. */
    boolean isReset;

    /** A response of the gate or of Helidon was sent, or waits to be sent. */
    boolean hasResponse;

    /** Whether Helidon has the stream in its table, so that the gate may pass on a reset. */
    boolean isKnownToHelidon;

    /** Helidon has submitted the task that serves the stream. */
    boolean isSubmitted;

    /** Whether Helidon still serves the stream, or will. */
    boolean isServed;

    final BodyQueue body = new BodyQueue();
    final SendQueue toSend = new SendQueue();

    @Nullable
    StreamListener listener;

    private Runnable whenServed = () -> {};
    private FlowControl.@Nullable Outbound helidonWindow;
    private int creditOwed;

    Http2Stream(Http2Streams streams, int id, boolean isGrpc, long bodyLeft, long now) {
        this.streams = streams;
        this.windows = streams.windows();
        this.id = id;
        this.isGrpc = isGrpc;
        this.bodyLeft = bodyLeft;
        this.sendWindow = windows.initialWindow();
        this.openedAt = now;
        this.heardAt = now;
        this.sentAt = now;
    }

    /** When the stream was opened, on the scale of {@link StreamSupervisor#nanoTime}. */
    public long openedAt() {
        return openedAt;
    }

    /** The stream identifier. */
    public int id() {
        return id;
    }

    /**
     * Registers a listener for window changes and for the connection's end. If the connection has ended, the listener
     * is called at once.
     */
    public void attach(StreamListener listener) {
        streams.attach(this, listener);
    }

    /** The opposite of {@link #attach}. Idempotent. */
    public void detach() {
        streams.detach(this);
    }

    /**
     * Counts memory that serving this stream takes, in addition to what every stream takes, until the stream ends.
     *
     * @return false if the gate already holds too much, for this connection or for all
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

    /** Runs the task of {@link #whenServed}, on the thread that served the stream. */
    void runWhenServed() {
        whenServed.run();
    }

    /** Whether the peer or the gate has reset the stream. */
    public boolean isReset() {
        synchronized (streams) {
            return isReset;
        }
    }

    /** Whether nothing can be sent now: a window is shut, or the stream is over. */
    public boolean isShut() {
        return windows.sendable(this) <= 0;
    }

    /**
     * Reserves bytes in the windows of the stream and of its connection. The caller must have claimed the connection's
     * writer, so that the reserved bytes are written before anything else.
     *
     * @return how many of the wanted bytes may be written; 0 while a window is shut, or when the stream was reset
     */
    public int reserve(int wanted) {
        return windows.reserve(this, wanted);
    }

    /** As {@link #reserve}, but reserves all wanted bytes or none. */
    public boolean reserveAll(int wanted) {
        return windows.reserveAll(this, wanted);
    }

    /** Helidon has begun to serve the stream. It waits for this window once it has used up its first frame. */
    void setHelidonWindow(FlowControl.Outbound window) {
        helidonWindow = window;
        int owed = creditOwed;
        creditOwed = 0;
        credit(owed);
    }

    /** Lets Helidon write this many more bytes, because as many were sent or discarded. */
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
