package push.transport.gate;

import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole frames to a socket, one thread at a time. Thread-safe. A write that fails part-way closes the socket.
 *
 * <p>A thread that must not wait may leave part of its frames unwritten; that part is written before anything else.
 * Frames that need no window are queued with {@link #control}. They go out with the next write, or on a separate thread
 * when the socket has no room.
 */
public final class SerialWriter {

    private final Http2Socket socket;
    private final ReentrantLock lock = new ReentrantLock();
    private final ControlQueue controls = new ControlQueue();
    private final BackgroundFlush background;
    private volatile Runnable whenClaimed = () -> {};

    // Guarded by the lock.
    private @Nullable ByteBuffer rest;
    private boolean shut;

    SerialWriter(Http2Socket socket) {
        this.socket = socket;
        this.background = new BackgroundFlush(socket, this::flushAll);
    }

    /**
     * Sets a task that {@link #flushLater} also runs, while it has claimed the socket; it uses {@link #writeClaimed}.
     */
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
     * As {@link #write(ByteBuffer)}, but assembles the frames after the socket is claimed, so that only one of the
     * threads that wait for the socket holds a buffer.
     *
     * @param assemble puts the frames into an empty buffer; nothing is written when it puts none
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

    /** As {@link #write(ByteBuffer)}, for all frames that the supplier returns before null. */
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

    /** Writes what an earlier {@link #tryWrite} has left, and the queued frames. */
    public void flush() {
        claim();
        lock.unlock();
    }

    /** Queues a frame that needs no window. Never waits. */
    void control(byte[] frame) {
        controls.add(frame);
    }

    /** The number of bytes of queued control frames that wait for the socket. */
    int controlBytes() {
        return controls.bytes();
    }

    /**
     * Writes the queued control frames as far as the socket has room, and leaves the rest to a separate thread. Never
     * throws.
     */
    void flushControls() {
        if (controls.bytes() == 0) {
            return;
        }
        if (socket.writesWithoutWaiting() && tryBegin()) {
            lock.unlock();
        } else {
            flushLater();
        }
    }

    /** Starts a thread that writes what waits for the socket, and for windows that may be open now. */
    void flushLater() {
        background.request();
    }

    private void flushAll() {
        claim();
        try {
            whenClaimed.run();
        } finally {
            lock.unlock();
        }
    }

    /** Forbids further writes. Returns false, and changes nothing, while a thread is writing. */
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
                socket.cut(); // the peer would read the next bytes as the rest of this frame
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
     * Claims the socket for {@link #tryWrite}. The thread that has claimed it must call {@link #end}.
     *
     * @return false if claiming the socket would have to wait, or if the connection is gone. If it is gone, the queued
     *     control frames are lost, and the next write and the next read fail.
     */
    public boolean tryBegin() {
        if (!lock.tryLock()) {
            return false;
        }
        boolean begun = false;
        boolean owes = false;
        try {
            begun = !shut && rest == null && (controls.bytes() == 0 || tryWrite(controls.takeAll()));
            owes = !shut && rest != null;
        } catch (UncheckedIOException e) {
            return false;
        } finally {
            if (!begun) {
                lock.unlock();
            }
        }
        if (owes) {
            flushLater(); // the thread that writes instead may find nothing else to write
        }
        return begun;
    }

    /**
     * Writes whole frames, on the thread that has claimed the socket, and does not wait.
     *
     * @return false if a part of them is left; a thread that may wait must then call {@link #flush}
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

    /** Releases the socket that {@link #tryBegin} has claimed. */
    public void end() {
        lock.unlock();
        if (controls.bytes() > 0) {
            flushLater(); // queued while the socket was claimed
        }
    }
}
