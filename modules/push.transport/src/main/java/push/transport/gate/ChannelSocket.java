package push.transport.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A socket on a non-blocking channel. A thread that must not wait writes what the socket takes. A thread that may wait
 * parks until the {@link SocketPoller} wakes it. The poller also reads from the channel.
 */
final class ChannelSocket implements GatewaySocket {

    /**
     * How long a thread that writes waits before it tries again. A selector says that a socket can be written to once a
     * third of its buffer is free; the socket takes something as soon as any of it is. So it can be seen that a slow
     * reader reads, however large the buffer is.
     */
    private static final long RETRY_NANOS = 1_000_000_000;

    private final SocketChannel channel;
    private final LongSupplier nanoTime;
    private final ReadAhead inbound =
            new ReadAhead(() -> unwant(SelectionKey.OP_READ), () -> want(SelectionKey.OP_READ));
    private @Nullable SelectionKey key;
    private volatile @Nullable Thread writing;

    /** Counts only what was written after a wait: what goes out at once is counted by those who write. */
    private final AtomicLong progress = new AtomicLong();

    private volatile long acknowledgedAt;
    private volatile boolean hasWaited;

    /** @param nanoTime for {@link #acknowledgedAt} */
    ChannelSocket(SocketChannel channel, LongSupplier nanoTime) {
        this.channel = channel;
        this.nanoTime = nanoTime;
    }

    SocketChannel channel() {
        return channel;
    }

    /** The poller's: before anything else. */
    void polledBy(SelectionKey own) {
        key = own;
    }

    /**
     * From now on it is read.
     *
     * @param first what was read before it was polled; may be empty
     */
    void begin(byte[] first) {
        inbound.add(first);
        want(SelectionKey.OP_READ);
    }

    @Override
    public byte @Nullable [] read() {
        while (true) {
            byte[] next = inbound.next();
            if (next != null) {
                return ReadAhead.isEnd(next) ? null : next;
            }
            LockSupport.park(this);
            endIfInterrupted();
        }
    }

    @Override
    public void wakeReader() {
        inbound.wake();
    }

    @Override
    public long progress() {
        return progress.get();
    }

    @Override
    public OptionalLong acknowledgedAt() {
        return hasWaited ? OptionalLong.of(acknowledgedAt) : OptionalLong.empty();
    }

    @Override
    public void tryWrite(ByteBuffer bytes) {
        try {
            int n;
            do {
                n = channel.write(bytes);
            } while (n > 0 && bytes.hasRemaining());
        } catch (IOException e) {
            // Of this kind, as Helidon takes others for a fault of its own, and complains.
            throw new UncheckedIOException(new SocketException("the socket can't be written to", e));
        }
    }

    @Override
    public void write(ByteBuffer bytes) {
        tryWrite(bytes);
        if (!bytes.hasRemaining()) {
            return;
        }
        writing = Thread.currentThread();
        try {
            while (bytes.hasRemaining()) {
                if (want(SelectionKey.OP_WRITE)) {
                    LockSupport.parkNanos(this, RETRY_NANOS);
                    endIfInterrupted();
                }
                int left = bytes.remaining();
                tryWrite(bytes);
                if (bytes.remaining() < left) {
                    acknowledged();
                }
            }
        } finally {
            writing = null;
        }
    }

    /** False when it is closed, and nobody may be there any more to wake who waits. */
    private boolean want(int operation) {
        try {
            polled().interestOpsOr(operation);
        } catch (CancelledKeyException e) {
            return false;
        }
        polled().selector().wakeup();
        return true;
    }

    private void unwant(int operation) {
        try {
            polled().interestOpsAnd(~operation);
        } catch (CancelledKeyException e) {
            // It is closed.
        }
    }

    private SelectionKey polled() {
        return Objects.requireNonNull(key, "nobody polls this socket");
    }

    /** As a socket that blocks does. */
    private void endIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            cut();
            throw new UncheckedIOException(new SocketException("Closed by interrupt"));
        }
    }

    @Override
    public boolean writesWithoutWaiting() {
        return true;
    }

    @Override
    public void cut() {
        try {
            channel.close();
        } catch (IOException e) {
            // It was of no use any more.
        }
        polled().selector().wakeup(); // only there it is closed to the end
        inbound.end();
        wakeWriter();
    }

    /** How much memory is taken by what was read and not taken yet, in bytes. */
    int unread() {
        return inbound.size();
    }

    /** There is room again where there was none: the peer has acknowledged something. */
    private void acknowledged() {
        progress.incrementAndGet();
        acknowledgedAt = nanoTime.getAsLong();
        hasWaited = true;
    }

    /** The poller's: it can be written to again. */
    void writable() {
        unwant(SelectionKey.OP_WRITE);
        wakeWriter();
    }

    private void wakeWriter() {
        LockSupport.unpark(writing);
    }

    /**
     * The poller's: there is something to be read.
     *
     * @param buffer of the poller's own
     */
    void receive(ByteBuffer buffer) {
        int n;
        try {
            n = channel.read(buffer.clear());
        } catch (IOException e) {
            n = -1; // it was reset, or closed: there will be no more
        }
        if (n < 0) {
            inbound.end();
            return;
        }
        byte[] bytes = new byte[n];
        buffer.flip().get(bytes);
        inbound.add(bytes);
    }
}
