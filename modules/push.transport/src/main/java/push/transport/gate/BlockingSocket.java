package push.transport.gate;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.webserver.ServerConnectionException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A blocking socket on top of Helidon's reader and writer, for connections with TLS and for those whose channel is not
 * known. A separate thread reads ahead, so that {@link #wakeReader} can wake a thread that waits for the peer.
 */
final class BlockingSocket implements Http2Socket {

    /** The number of bytes in one write: a TLS record. With small writes, a slow peer shows its progress. */
    private static final int PIECE_BYTES = 16_384;

    /** A write that takes longer has waited for the peer to acknowledge something. */
    private static final long WAITED_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final DataReader reader;
    private final DataWriter writer;
    private final Closeable wire;
    private final LongSupplier nanoTime;
    private final ReadAhead inbound = new ReadAhead(() -> paused(true), () -> paused(false));
    private volatile @Nullable Thread pump;
    private volatile boolean isPaused;
    private volatile boolean isCut;
    private final SocketProgress progress = new SocketProgress();

    /**
     * @param wire what {@link #cut} closes; with TLS the channel below the TLS socket, because closing the TLS socket
     *     waits for a thread that writes
     * @param nanoTime the clock for {@link #progress}, in nanoseconds
     */
    BlockingSocket(DataReader reader, DataWriter writer, Closeable wire, LongSupplier nanoTime) {
        this.reader = reader;
        this.writer = writer;
        this.wire = wire;
        this.nanoTime = nanoTime;
    }

    private void paused(boolean paused) {
        isPaused = paused;
        if (!paused) {
            LockSupport.unpark(pump);
        }
    }

    @Override
    public byte @Nullable [] read() {
        if (pump == null) {
            pump = Thread.ofVirtual().name("push-read-ahead").start(this::pump);
        }
        return inbound.read(this);
    }

    private void pump() {
        try {
            while (!isCut) {
                reader.ensureAvailable();
                inbound.add(reader.readBytes(reader.available()));
                while (isPaused && !isCut) {
                    LockSupport.park(this);
                }
            }
        } catch (DataReader.InsufficientDataAvailableException | ServerConnectionException | UncheckedIOException e) {
            // The peer is gone, or the connection was cut: nothing more will arrive.
        } finally {
            inbound.end();
        }
    }

    @Override
    public void wakeReader() {
        inbound.wake();
    }

    @Override
    public void write(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte[] piece = new byte[Math.min(PIECE_BYTES, bytes.remaining())];
            bytes.get(piece);
            long begun = nanoTime.getAsLong();
            progress.waitsFrom(begun);
            try {
                writer.writeNow(BufferData.create(piece));
            } finally {
                progress.waitEnds();
            }
            noteProgress(begun);
        }
    }

    private void noteProgress(long begun) {
        progress.advance();
        long now = nanoTime.getAsLong();
        if (now - begun > WAITED_NANOS) {
            progress.acknowledged(now);
        }
    }

    @Override
    public void tryWrite(ByteBuffer bytes) {
        throw new UnsupportedOperationException("this socket cannot write without waiting");
    }

    @Override
    public boolean writesWithoutWaiting() {
        return false;
    }

    @Override
    public SocketProgress progress() {
        return progress;
    }

    @Override
    public void cut() {
        isCut = true;
        try {
            wire.close();
        } catch (IOException | UncheckedIOException e) {
            // The socket was closed already.
        }
        inbound.end();
        LockSupport.unpark(pump);
    }
}
