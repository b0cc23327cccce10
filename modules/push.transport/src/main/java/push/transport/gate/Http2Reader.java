package push.transport.gate;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads an HTTP/2 connection for Helidon: passes what the peer sends to {@link Http2Inbound}, and gives Helidon the
 * frames of the {@link InboundQueue}, one at a time. For Helidon's reading thread, except {@link #lastHeard}.
 */
final class Http2Reader {

    /** The limit of waiting control frames, in bytes. Only a peer that floods the hub and does not read exceeds it. */
    private static final int MAX_CONTROL_BYTES = 1 << 17;

    private static final int HELIDON_MAX_FRAME = 0xff_ffff;

    private final Http2Socket socket;
    private final Http2Streams streams;
    private final Http2Inbound inbound;
    private final StreamEnds ends;
    private final StreamThreads threads;
    private final InboundQueue inboundQueue;
    private final SerialWriter writer;
    private final HelidonLimits helidonLimits;
    private final ConnectionEnd connectionEnd;
    private final LongSupplier nanoTime;
    private volatile long lastHeard;
    private boolean isOver;
    private int lastRequest;

    Http2Reader(
            Http2Socket socket,
            Http2Streams streams,
            Http2Inbound inbound,
            StreamEnds ends,
            StreamThreads threads,
            InboundQueue inboundQueue,
            SerialWriter writer,
            HelidonLimits helidonLimits,
            ConnectionEnd connectionEnd,
            LongSupplier nanoTime) {
        this.socket = socket;
        this.streams = streams;
        this.inbound = inbound;
        this.ends = ends;
        this.threads = threads;
        this.inboundQueue = inboundQueue;
        this.writer = writer;
        this.helidonLimits = helidonLimits;
        this.connectionEnd = connectionEnd;
        this.nanoTime = nanoTime;
        this.lastHeard = nanoTime.getAsLong();
    }

    /** Passes the preface and the settings of an ideal peer to Helidon. */
    void begin() {
        inboundQueue.add(Preface.bytes());
        inboundQueue.add(ControlFrames.settings(
                Http2.INITIAL_WINDOW_SIZE, Http2Outbound.HELIDON_WINDOW, Http2.MAX_FRAME_SIZE, HELIDON_MAX_FRAME));
        inboundQueue.add(ControlFrames.windowUpdate(0, Http2.MAX_WINDOW - Http2.INITIAL_WINDOW));
    }

    /** The next bytes for Helidon; null at the end. Helidon calls this when it has handled everything before. */
    byte @Nullable [] read() {
        while (true) {
            if (connectionEnd.hasFailed()) {
                over(); // first: Helidon must learn of the streams' end before the connection's
            }
            byte[] frame = inboundQueue.poll();
            if (frame != null) {
                delivered(frame);
                return frame;
            }
            if (isOver) {
                linger();
                return null;
            }
            byte[] bytes = socket.read();
            if (bytes == null) {
                over();
            } else if (bytes.length > 0 && !connectionEnd.hasFailed()) {
                lastHeard = nanoTime.getAsLong();
                heard(bytes);
            }
        }
    }

    private void delivered(byte[] frame) {
        int type = frame.length < Http2.FRAME_HEADER_BYTES ? -1 : frame[3];
        boolean last = type == Http2.RST_STREAM
                || ((type == Http2.HEADERS || type == Http2.DATA) && (frame[4] & Http2.END_STREAM) != 0);
        if (last) {
            threads.requestEnded(Http2.intAt(frame, 5));
        }
        if (type == Http2.HEADERS) {
            lastRequest = Http2.intAt(frame, 5);
            int due = helidonLimits.takeWindowIncrement();
            if (due > 0) {
                inboundQueue.add(ControlFrames.windowUpdate(0, due));
            }
        }
    }

    private void heard(byte[] bytes) {
        try {
            inbound.add(bytes);
            if (writer.controlBytes() > MAX_CONTROL_BYTES) {
                throw new ConnectionError(Http2.ENHANCE_YOUR_CALM, "the peer does not read the replies to its frames");
            }
        } catch (ConnectionError e) {
            connectionEnd.fail(e.code(), String.valueOf(e.getMessage()));
        }
        writer.flushControls();
    }

    /** The peer sends no more: all streams end. */
    void over() {
        if (isOver) {
            return;
        }
        isOver = true;
        streams.end();
        streams.all().forEach(ends::end);
        inbound.close();
    }

    /**
     * Reads and discards what the peer still sends: closing a socket with unread bytes can reset the connection, and
     * the peer would lose the GOAWAY.
     */
    private void linger() {
        while (connectionEnd.hasFailed() && !connectionEnd.isCut() && socket.read() != null) {
            // The supervisor closes the socket after a second.
        }
    }

    /** The identifier of the stream whose request Helidon read last. */
    int lastRequest() {
        return lastRequest;
    }

    /** When the peer last sent something, on the scale of {@link StreamSupervisor#nanoTime}. For any thread. */
    long lastHeard() {
        return lastHeard;
    }
}
