package push.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import push.transport.gate.BufferPool;
import push.transport.gate.Frames;
import push.transport.gate.GateStream;
import push.transport.gate.GatewayConnection;

/**
 * Writes messages to one stream, many in a DATA frame and several frames in one write, as far as the peer's windows
 * allow. For one thread at a time: the stream's own or, while that waits for news, the dispatcher's. Only
 * {@link #write} and {@link #flush} wait; {@link #wake} and {@link #windowMayHaveGrown} are for any thread.
 *
 * <p>A window is waited for without a lock and for as long as it takes: whether the reader has stalled is for others
 * to say.
 */
final class StreamWriter {

    private final GatewayConnection connection;
    private final GateStream stream;
    private final BufferPool buffers;
    private final Thread thread = Thread.currentThread();
    private volatile boolean waiting;

    /** To be made on the stream's own thread. */
    StreamWriter(GatewayConnection connection, GateStream stream, BufferPool buffers) {
        this.connection = connection;
        this.stream = stream;
        this.buffers = buffers;
    }

    /**
     * Writes messages until none are left, the stream was reset, or a window is shut and waiting for it is pointless.
     *
     * @param unread true once the stream was reset: nothing may be sent on it any more
     * @param givenUp true once the subscription has ended, so that waiting for a window is pointless; the thread that
     *     makes it true must call {@link #wake}
     * @throws InterruptedException when the thread is interrupted while it waits
     * @throws RuntimeException Helidon's, when the connection is gone
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

    /** The window is taken only now that the socket is claimed: so nothing is written behind a reset. */
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

    /** Whether the socket can: else {@link #tryBegin} and what follows are of no use. */
    boolean writesWithoutWaiting() {
        return connection.writer().writesWithoutWaiting();
    }

    /**
     * Claims the socket for {@link #tryWrite}; false when that would have to wait, or the connection is gone. The thread
     * that has claimed it must call {@link #end}.
     */
    boolean tryBegin() {
        return connection.writer().tryBegin();
    }

    /** Takes so much from the peer's windows, if there is as much. */
    boolean reserve(int bytes) {
        return stream.reserveAll(bytes);
    }

    /**
     * Writes whole frames without waiting; false if a part of them is left, which somebody has to
     * {@linkplain #flush flush}.
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

    /** Waits until something can be written; false when there is no point in it any more. */
    private boolean awaitWindow(BooleanSupplier givenUp) throws InterruptedException {
        if (!stream.isShut()) {
            return true;
        }
        waiting = true;
        try {
            // After `waiting` is visible: either whoever opens the window sees it, or this sees the open window.
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

    /** Whether what is to be written waits for the peer to open a window, and not for the socket. */
    boolean awaitsWindow() {
        return waiting;
    }

    /** Has a waiting thread look again. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Has a thread that waits for a window look again. */
    void windowMayHaveGrown() {
        if (waiting && !stream.isShut()) { // a ping may have come, and thousands may wait
            wake();
        }
    }
}
