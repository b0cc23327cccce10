package push.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import push.transport.gate.BufferPool;
import push.transport.gate.Frames;
import push.transport.gate.Http2Filter;
import push.transport.gate.Http2Stream;

/**
 * Writes messages to one stream as far as the peer's flow-control windows allow: many messages in a DATA frame, and
 * several frames in one write. For one thread at a time: the stream's own thread or, while that thread waits for
 * deliveries, the dispatcher's. Only {@link #write} and {@link #flush} wait. Any thread may call {@link #wake} and
 * {@link #windowMayHaveGrown}.
 *
 * <p>A thread waits for a window without a lock and without a timeout; the supervisor decides whether the reader has
 * stalled.
 */
final class StreamWriter {

    private final Http2Filter connection;
    private final Http2Stream stream;
    private final BufferPool buffers;
    private final Thread thread = Thread.currentThread();
    private volatile boolean waiting;

    /** Must be called on the stream's own thread. */
    StreamWriter(Http2Filter connection, Http2Stream stream, BufferPool buffers) {
        this.connection = connection;
        this.stream = stream;
        this.buffers = buffers;
    }

    /**
     * Writes messages until none are left, the stream was reset, or a window is shut and waiting for it is pointless.
     *
     * @param unread true once the stream was reset or its connection has ended; nothing may be written to it then
     * @param givenUp true once the subscription has ended, so that waiting for a window is pointless; the thread that
     *     makes it true must call {@link #wake}
     * @throws InterruptedException when the thread is interrupted while it waits
     * @throws RuntimeException when the connection is gone
     */
    void write(PendingMessages messages, WriteProgress progress, BooleanSupplier unread, BooleanSupplier givenUp)
            throws InterruptedException {
        while (messages.bytes() > 0 && !unread.getAsBoolean()) {
            if (!awaitWindow(givenUp)) {
                return;
            }
            connection.writer().write(buffers, buffer -> assemble(buffer, messages));
            progress.advance();
        }
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

    int streamId() {
        return stream.id();
    }

    /** Whether the socket can write without waiting. If not, {@link #tryBegin} must not be used. */
    boolean writesWithoutWaiting() {
        return connection.writer().writesWithoutWaiting();
    }

    /**
     * Claims the socket for {@link #tryWrite}; false if the claim would have to wait, or if the connection is gone. The
     * thread that has claimed the socket must call {@link #end}.
     */
    boolean tryBegin() {
        return connection.writer().tryBegin();
    }

    /** Reserves this many bytes in the peer's windows; false, and reserves nothing, if the windows have less room. */
    boolean reserve(int bytes) {
        return stream.reserveAll(bytes);
    }

    /**
     * Writes whole frames without waiting; false if a part of them is left. A thread that may wait must then
     * {@linkplain #flush flush} that part.
     */
    boolean tryWrite(ByteBuffer frames) {
        return connection.writer().tryWrite(frames);
    }

    void end() {
        connection.writer().end();
    }

    void flush() {
        connection.writer().flush();
    }

    /** Waits until something can be written; false if waiting has become pointless. */
    private boolean awaitWindow(BooleanSupplier givenUp) throws InterruptedException {
        if (!stream.isShut()) {
            return true;
        }
        waiting = true;
        try {
            // After `waiting` is visible: either the thread that opens the window sees it, or this thread sees the open
            // window.
            while (stream.isShut()) {
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
