package push.transport.gate;

import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One writer at a time, of whole frames. Safe for any thread; a write that fails in the middle cuts the socket.
 *
 * <p>A thread that must not wait can leave a rest, which goes before anything else. Frames that need no window can be queued
 * with {@link #control}; they go with the next write, or by a thread of their own when the socket has no room.
 */
public final class SerialWriter {

    private final GatewaySocket socket;
    private final ReentrantLock lock = new ReentrantLock();
    private final ControlQueue controls = new ControlQueue();
    private final AtomicBoolean flushing = new AtomicBoolean();
    private volatile boolean flushWanted;
    private volatile Runnable whenClaimed = () -> {};

    // Guarded by the lock.
    private @Nullable ByteBuffer rest;
    private boolean shut;

    SerialWriter(GatewaySocket socket) {
        this.socket = socket;
    }

    /** What else is to be written by {@link #flushLater}, with {@link #writeClaimed}. */
    void whenClaimed(Runnable task) {
        whenClaimed = task;
    }

    /** Writes whole frames, and waits while the socket has no room. */
    void write(ByteBuffer frames) {
        claim();
        try {
            writeClaimed(frames);
        } finally {
            lock.unlock();
        }
    }

    /**
     * As {@link #write(ByteBuffer)}, of frames that are put together when it is their turn: so that of many who wait for a
     * socket one has a buffer, and not all.
     *
     * @param assemble puts them into a clear buffer; nothing is written when it puts none
     */
    public void write(BufferPool buffers, Consumer<ByteBuffer> assemble) {
        claim();
        try {
            ByteBuffer frames = buffers.take();
            try {
                assemble.accept(frames);
                frames.flip();
                writeClaimed(frames);
            } finally {
                buffers.give(frames);
            }
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #write(ByteBuffer)}, of one after the other until there is none. */
    void writeAll(Supplier<byte @Nullable []> next) {
        claim();
        try {
            for (byte[] frames = next.get(); frames != null; frames = next.get()) {
                writeClaimed(ByteBuffer.wrap(frames));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes whole frames on the thread that has claimed the socket. */
    void writeClaimed(ByteBuffer frames) {
        if (frames.hasRemaining()) {
            cutOnFailure(() -> socket.write(frames));
        }
    }

    /** Writes what was left. */
    public void flush() {
        claim();
        lock.unlock();
    }

    /** Queues a frame that needs no window. Never waits. */
    void control(byte[] frame) {
        controls.add(frame);
    }

    /** How many bytes of such frames wait for the socket. */
    int controlBytes() {
        return controls.bytes();
    }

    /** Writes the frames that were queued as far as the socket has room, and leaves the rest to a thread of its own. Never fails. */
    void flushControls() {
        if (controls.bytes() == 0) {
            return;
        }
        try {
            if (socket.writesWithoutWaiting() && tryBegin()) {
                lock.unlock();
            } else {
                flushLater();
            }
        } catch (UncheckedIOException e) {
            // The connection is gone, as the thread that reads it finds out.
        }
    }

    /** Has a thread of its own write what waits for the socket, and for windows that may be open now. */
    void flushLater() {
        flushWanted = true;
        if (flushing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("push-flush").start(this::flushWanted);
        }
    }

    private void flushWanted() {
        try {
            do {
                flushOnce();
                flushing.set(false);
            } while (flushWanted && flushing.compareAndSet(false, true));
        } catch (UncheckedIOException e) {
            // The connection is gone, and `flushing` stays: there is nothing to be written any more.
        }
    }

    private void flushOnce() {
        flushWanted = false;
        claim();
        try {
            whenClaimed.run();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody write any more, unless somebody writes: then it says false. */
    boolean tryShut() {
        if (!lock.tryLock()) {
            return false;
        }
        shut = true;
        lock.unlock();
        return true;
    }

    private void claim() {
        lock.lock();
        boolean claimed = false;
        try {
            if (shut) {
                throw new UncheckedIOException(new SocketException("the connection has ended"));
            }
            writeOwed();
            claimed = true;
        } finally {
            if (!claimed) {
                lock.unlock();
            }
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

    private void writeOwed() {
        ByteBuffer left = rest;
        if (left != null) {
            cutOnFailure(() -> socket.write(left));
            rest = null;
        }
        if (controls.bytes() > 0) {
            writeClaimed(controls.takeAll());
        }
    }

    /** Whether {@link #tryBegin} and {@link #tryWrite} may be used. */
    public boolean writesWithoutWaiting() {
        return socket.writesWithoutWaiting();
    }

    /**
     * Claims the socket for {@link #tryWrite}; false when that would have to wait. The thread that has claimed it
     * {@linkplain #end ends}.
     */
    public boolean tryBegin() {
        if (!lock.tryLock()) {
            return false;
        }
        boolean begun = false;
        try {
            begun = !shut && rest == null && (controls.bytes() == 0 || tryWrite(controls.takeAll()));
        } finally {
            if (!begun) {
                lock.unlock();
            }
        }
        return begun;
    }

    /**
     * Writes whole frames, on the thread that has claimed the socket, and does not wait.
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

    /** Ends what {@link #tryBegin} began. */
    public void end() {
        lock.unlock();
        if (controls.bytes() > 0) {
            flushLater(); // queued meanwhile, when the socket was claimed
        }
    }
}
