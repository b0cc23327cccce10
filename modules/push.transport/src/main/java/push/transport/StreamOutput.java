package push.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import push.engine.End;
import push.engine.Subscription;
import push.transport.gate.BufferPool;
import push.transport.gate.Frames;
import push.transport.gate.Http2Stream;
import push.transport.gate.SerialWriter;

/**
 * Writes messages to one stream as far as the peer's flow-control windows allow: many messages in a DATA frame, and
 * several frames in one write. Only the stream's own thread may call {@link #write}. Any thread may call {@link #wake}
 * and {@link #windowMayHaveGrown}.
 *
 * <p>The thread waits for a window without a lock and without a timeout; the supervisor decides whether the reader has
 * stalled.
 */
final class StreamOutput {

    private final SerialWriter socket;
    private final Http2Stream stream;
    private final BufferPool buffers;
    private final WriteProgress progress = new WriteProgress();
    private final Thread thread = Thread.currentThread();
    private volatile boolean waiting;

    /** Must be called on the stream's own thread. */
    StreamOutput(SerialWriter socket, Http2Stream stream, BufferPool buffers) {
        this.socket = socket;
        this.stream = stream;
        this.buffers = buffers;
    }

    /** How far the stream's writes have come. */
    WriteProgress progress() {
        return progress;
    }

    /**
     * Writes messages, and waits for the windows and the socket. Returns once no message is left, the stream was reset,
     * or the subscription has ended while a window is closed: waiting for that window would be pointless. The thread
     * that ends the subscription must call {@link #wake}.
     *
     * @throws InterruptedException when the thread is interrupted while it waits
     * @throws RuntimeException when the connection is gone
     */
    void write(PendingMessages messages, Subscription subscription) throws InterruptedException {
        while (messages.bytes() > 0 && !isReset(subscription)) {
            if (!awaitWindow(subscription)) {
                return;
            }
            socket.write(buffers, buffer -> assemble(buffer, messages));
            progress.advance();
        }
    }

    /** True once the stream was reset or its connection has ended; nothing may be written to it then. */
    private static boolean isReset(Subscription subscription) {
        End end = subscription.end().orElse(null);
        return end == End.CANCELLED || end == End.DISCONNECTED;
    }

    /** Reserves the window only after the socket was claimed, so that no DATA follows a RST_STREAM. */
    private void assemble(ByteBuffer buffer, PendingMessages messages) {
        int granted = stream.reserve(Math.min(messages.bytes(), Frames.MAX_WRITE_BYTES));
        for (int left = granted; left > 0; ) {
            int payload = Math.min(left, Frames.MAX_PAYLOAD_BYTES);
            Frames.putHeader(buffer, payload, stream.id());
            messages.read(buffer, payload);
            left -= payload;
        }
    }

    /** Waits until something can be written; false if a window is shut and the subscription has ended. */
    private boolean awaitWindow(Subscription subscription) throws InterruptedException {
        if (!stream.isShut()) {
            return true;
        }
        waiting = true;
        try {
            // After `waiting` is visible: either the thread that opens the window sees it, or this thread sees the open
            // window.
            while (stream.isShut()) {
                if (subscription.end().isPresent()) {
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

    /** Whether a write waits for the peer to open a window, and not for the socket. */
    boolean awaitsWindow() {
        return waiting;
    }

    /** Makes a waiting thread check its condition again. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Wakes the thread that waits for a window, if the window is open now. */
    void windowMayHaveGrown() {
        if (waiting && !stream.isShut()) { // thousands of streams may wait, most of them in vain
            wake();
        }
    }
}
