package push.transport.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A socket on a non-blocking channel. A thread that must not wait writes what the socket accepts. A thread that may
 * wait parks until the {@link SocketPoller} wakes it, and tries again at least once a second. The poller also reads
 * from the channel.
 */
final class ChannelSocket implements Http2Socket {

    /**
     * The longest pause before a waiting thread tries to write again. The selector reports a socket as writable only
     * when about a third of its buffer is free, but the socket accepts bytes as soon as any space is free. Retrying
     * shows that a slow reader makes progress, whatever the size of the buffer.
     */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * The send buffer for a fast reader, in bytes. With half this size, a delivery at full speed costs a fifth more
     * CPU, because more writes have to wait; a larger buffer saves nothing.
     */
    static final int LARGE_BUFFER_BYTES = 2 * Gate.SEND_BUFFER_BYTES;

    /** A reader that makes room within this time is fast: it reads what is in the larger buffer within a second. */
    static final long FAST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final SocketChannel channel;
    private final LongSupplier nanoTime;
    private final PollRegistration registration = new PollRegistration();
    private final ReadAhead inbound = new ReadAhead(
            () -> registration.unwant(SelectionKey.OP_READ), () -> registration.want(SelectionKey.OP_READ));
    private volatile @Nullable Thread writing;

    /** Counts only what was written after a wait. Callers count what is written at once. */
    private final SocketProgress progress = new SocketProgress();

    /** Only the thread that writes uses it. */
    private boolean isLarge;

    /** @param nanoTime the clock for {@link #progress}, in nanoseconds */
    ChannelSocket(SocketChannel channel, LongSupplier nanoTime) {
        this.channel = channel;
        this.nanoTime = nanoTime;
    }

    SocketChannel channel() {
        return channel;
    }

    /** Called by the poller before any other method. */
    void polledBy(SelectionKey own) {
        registration.set(own);
    }

    /**
     * Starts to read from the channel.
     *
     * @param first the bytes that were read before the socket was polled; may be empty
     */
    void begin(byte[] first) {
        inbound.add(first);
        registration.want(SelectionKey.OP_READ);
    }

    @Override
    public byte @Nullable [] read() {
        return inbound.read(this);
    }

    @Override
    public void wakeReader() {
        inbound.wake();
    }

    @Override
    public SocketProgress progress() {
        return progress;
    }

    @Override
    public void tryWrite(ByteBuffer bytes) {
        try {
            int n;
            do {
                n = channel.write(bytes);
            } while (n > 0 && bytes.hasRemaining());
        } catch (IOException e) {
            // A SocketException, because Helidon logs other exceptions as its own failures.
            throw new UncheckedIOException(new SocketException("cannot write to the socket", e));
        }
    }

    @Override
    public void write(ByteBuffer bytes) {
        tryWrite(bytes);
        if (!bytes.hasRemaining()) {
            return;
        }
        long since = nanoTime.getAsLong();
        writing = Thread.currentThread();
        progress.waitsFrom(since);
        try {
            while (bytes.hasRemaining()) {
                if (registration.want(SelectionKey.OP_WRITE)) {
                    LockSupport.parkNanos(this, RETRY_NANOS);
                    cutIfInterrupted();
                }
                int left = bytes.remaining();
                tryWrite(bytes);
                if (bytes.remaining() < left) {
                    long now = nanoTime.getAsLong();
                    progress.acknowledged(now);
                    progress.advance();
                    progress.waitsFrom(now);
                    enlargeIfFast(now - since);
                    since = now;
                }
            }
        } finally {
            progress.waitEnds();
            writing = null;
        }
    }

    /**
     * Gives a fast reader a larger buffer for good. If an overfull buffer were made smaller again, the reader's
     * progress would not be visible.
     */
    private void enlargeIfFast(long waitedNanos) {
        if (isLarge || waitedNanos >= FAST_NANOS) {
            return;
        }
        isLarge = true;
        try {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, LARGE_BUFFER_BYTES);
        } catch (IOException e) {
            // The channel is closed, so the next write fails.
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
            // The channel is not used any more.
        }
        registration.wakePoller(); // the channel is closed completely only by the next selection
        inbound.end();
        wakeWriter();
    }

    /** The memory of the bytes that were read and not taken yet, in bytes. */
    int bufferedBytes() {
        return inbound.size();
    }

    /** Called by the poller when the channel can be written to again. */
    void writable() {
        registration.unwant(SelectionKey.OP_WRITE);
        wakeWriter();
    }

    private void wakeWriter() {
        LockSupport.unpark(writing);
    }

    /**
     * Called by the poller when there is something to read.
     *
     * @param buffer the poller's own buffer
     */
    void receive(ByteBuffer buffer) {
        int n;
        try {
            n = channel.read(buffer.clear());
        } catch (IOException e) {
            n = -1; // the connection was reset or closed: nothing more will arrive
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
