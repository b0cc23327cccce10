package push.transport.gate;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One writer at a time: Helidon's frames, and those of push streams. Safe for any thread; a write that fails in the
 * middle cuts the socket.
 *
 * <p>Helidon writes a frame in one call, so that no frame gets into the middle of another. Headers that need more
 * than one frame, beyond 16 KiB, are the exception; no answer of this server has as many.
 *
 * <p>Who must not wait can leave a rest, which goes before whatever is written next.
 */
public final class SerialWriter implements DataWriter {

    private final GatewaySocket socket;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private @Nullable ByteBuffer rest;
    private boolean shut;

    public SerialWriter(GatewaySocket socket) {
        this.socket = socket;
    }

    @Override
    public void write(BufferData... buffers) {
        writeNow(buffers);
    }

    @Override
    public void write(BufferData buffer) {
        writeNow(buffer);
    }

    @Override
    public void writeNow(BufferData... buffers) {
        writeNow(BufferData.create(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
        byte[] bytes = buffer.readBytes();
        write(ByteBuffer.wrap(bytes));
    }

    /** Writes whole frames, and waits while the socket has no room. */
    public void write(ByteBuffer frames) {
        claim();
        try {
            writeRest();
            cutOnFailure(() -> socket.write(frames));
        } finally {
            lock.unlock();
        }
    }

    /**
     * As {@link #write(ByteBuffer)}, of frames that are put together when it is their turn: so that of many who wait
     * for a socket one has a buffer, and not all.
     *
     * @param assemble puts them into a clear buffer
     */
    public void write(BufferPool buffers, Consumer<ByteBuffer> assemble) {
        claim();
        try {
            writeRest();
            ByteBuffer frames = buffers.take();
            try {
                assemble.accept(frames);
                frames.flip();
                cutOnFailure(() -> socket.write(frames));
            } finally {
                buffers.give(frames);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes what was left. */
    @Override
    public void flush() {
        claim();
        try {
            writeRest();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody write any more, unless somebody writes: then it says false. */
    public boolean tryShut() {
        if (!lock.tryLock()) {
            return false;
        }
        shut = true;
        lock.unlock();
        return true;
    }

    private void claim() {
        lock.lock();
        if (shut) {
            lock.unlock();
            throw new UncheckedIOException(new SocketException("the connection has ended"));
        }
    }

    private void cutOnFailure(Runnable write) {
        boolean failed = true;
        try {
            write.run();
            failed = false;
        } finally {
            if (failed) {
                socket.cut(); // whatever came next would be taken for the rest of a frame
            }
        }
    }

    private void writeRest() {
        ByteBuffer left = rest;
        if (left != null) {
            cutOnFailure(() -> socket.write(left));
            rest = null;
        }
    }

    /** Whether {@link #tryBegin} and {@link #tryWrite} may be used. */
    public boolean writesWithoutWaiting() {
        return socket.writesWithoutWaiting();
    }

    /**
     * Claims the socket for {@link #tryWrite}; false when that would have to wait. Whoever has it
     * {@linkplain #end ends}.
     */
    public boolean tryBegin() {
        if (!lock.tryLock()) {
            return false;
        }
        if (rest != null) {
            lock.unlock();
            return false;
        }
        return true;
    }

    /**
     * Writes whole frames, by whoever has claimed it, and does not wait.
     *
     * @return false if a part of them is left, which somebody has to {@linkplain #flush flush}
     */
    public boolean tryWrite(ByteBuffer frames) {
        cutOnFailure(() -> {
            socket.tryWrite(frames);
            if (frames.hasRemaining()) {
                rest = ByteBuffer.allocate(frames.remaining()).put(frames).flip();
            }
        });
        return rest == null;
    }

    public void end() {
        lock.unlock();
    }
}
