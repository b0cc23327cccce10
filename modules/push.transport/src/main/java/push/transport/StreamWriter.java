package push.transport;

import io.helidon.http.http2.FlowControl;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Writes messages to one stream, many in a DATA frame and several frames in one write, as far as the peer's windows
 * allow. For the stream's own thread, but for {@link #wake} and {@link #windowMayHaveGrown}.
 *
 * <p>A window is waited for without a lock and for as long as it takes: whether the reader has stalled is for others
 * to say.
 */
final class StreamWriter {

    private static final int HEADER_BYTES = 9;

    /** Of one frame: what every peer takes. */
    private static final int MAX_PAYLOAD_BYTES = 16_384;

    private static final int MAX_FRAMES = 4;

    /** What a write needs room for. */
    static final int BUFFER_BYTES = MAX_FRAMES * (HEADER_BYTES + MAX_PAYLOAD_BYTES);

    private final GatewayConnection connection;
    private final int streamId;
    private final FlowControl.Outbound window;
    private final BufferPool buffers;
    private final Thread thread = Thread.currentThread();
    private volatile boolean waiting;

    /** To be made on the stream's own thread. */
    StreamWriter(GatewayConnection connection, int streamId, FlowControl.Outbound window, BufferPool buffers) {
        this.connection = connection;
        this.streamId = streamId;
        this.window = window;
        this.buffers = buffers;
    }

    /**
     * Writes messages until none are left, or a window is shut and there is no point in waiting for it.
     *
     * @param givenUp whether there is not; whoever makes it true calls {@link #wake}
     * @throws InterruptedException when the thread is interrupted while it waits
     * @throws RuntimeException Helidon's, when the connection is gone
     */
    void write(PendingMessages messages, WriteProgress progress, BooleanSupplier givenUp) throws InterruptedException {
        while (messages.bytes() > 0) {
            int granted =
                    connection.windows().reserve(window, Math.min(messages.bytes(), MAX_FRAMES * MAX_PAYLOAD_BYTES));
            if (granted > 0) {
                writeFrames(messages, granted);
                progress.advance();
            } else if (!awaitWindow(givenUp)) {
                return;
            }
        }
    }

    private void writeFrames(PendingMessages messages, int bytes) {
        byte[] buffer = buffers.take();
        try {
            int length = 0;
            for (int left = bytes; left > 0; ) {
                int payload = Math.min(left, MAX_PAYLOAD_BYTES);
                putHeader(buffer, length, payload);
                messages.read(buffer, length + HEADER_BYTES, payload);
                length += HEADER_BYTES + payload;
                left -= payload;
            }
            connection.write(buffer, length);
        } finally {
            buffers.give(buffer);
        }
    }

    /** The header of a DATA frame, RFC 9113 section 4.1: length, type 0, no flags, stream. */
    private void putHeader(byte[] into, int at, int length) {
        into[at] = (byte) (length >> 16);
        into[at + 1] = (byte) (length >> 8);
        into[at + 2] = (byte) length;
        into[at + 3] = 0;
        into[at + 4] = 0;
        into[at + 5] = (byte) (streamId >> 24);
        into[at + 6] = (byte) (streamId >> 16);
        into[at + 7] = (byte) (streamId >> 8);
        into[at + 8] = (byte) streamId;
    }

    /** Waits until something can be written; false when there is no point in it any more. */
    private boolean awaitWindow(BooleanSupplier givenUp) throws InterruptedException {
        waiting = true;
        try {
            // After `waiting` is visible: either whoever opens the window sees it, or this sees the open window.
            while (window.getRemainingWindowSize() <= 0) {
                if (givenUp.getAsBoolean()) {
                    return false;
                }
                LockSupport.park(this);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return true;
        } finally {
            waiting = false;
        }
    }

    /** Has a waiting thread look again. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Has a thread that waits for a window look again. */
    void windowMayHaveGrown() {
        if (waiting) {
            wake();
        }
    }
}
