package push.transport.gate;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of bytes that were read from a socket and not yet taken. One thread adds, one takes; any thread may
 * end it.
 */
final class ReadAhead {

    /** The memory limit of the queue, in bytes. Once it is reached, no more is read until the queue is empty. */
    static final int MAX_BYTES = 1 << 16;

    /** The memory that a chunk takes besides its content, in bytes: the content may be a single byte. */
    static final int CHUNK_BYTES = 32;

    /** What {@link #next} returns when nothing more will be added. */
    static final byte[] END = {};

    /** What {@link #next} returns when the reader was woken. */
    static final byte[] WOKEN = {};

    private final Runnable pause;
    private final Runnable resume;

    // Guarded by this.
    private final Queue<byte[]> chunks = new ArrayDeque<>();
    private int size;
    private boolean full;
    private boolean ended;
    private boolean woken;
    private @Nullable Thread reader;

    /**
     * @param pause stops reading from the socket
     * @param resume starts reading from the socket again
     */
    ReadAhead(Runnable pause, Runnable resume) {
        this.pause = pause;
        this.resume = resume;
    }

    /** Adds bytes that were read, and wakes the thread that waits for them. */
    synchronized void add(byte[] chunk) {
        if (chunk.length == 0) {
            return;
        }
        chunks.add(chunk);
        size += CHUNK_BYTES + chunk.length;
        if (size >= MAX_BYTES) {
            full = true;
            pause.run();
        }
        LockSupport.unpark(reader);
    }

    /** The memory that the queue takes now, in bytes. */
    synchronized int size() {
        return size;
    }

    /** Makes the next call of {@link #next} return {@link #WOKEN}, and wakes the thread that waits. */
    synchronized void wake() {
        woken = true;
        LockSupport.unpark(reader);
    }

    /** Nothing more will be added. */
    synchronized void end() {
        ended = true;
        pause.run(); // otherwise the end of the input would be reported forever
        LockSupport.unpark(reader);
    }

    /**
     * Waits for the next bytes, and takes them. An interrupt cuts the socket.
     *
     * @return the next bytes; null at the end of the input, and empty if the reader was woken
     */
    byte @Nullable [] read(Http2Socket socket) {
        while (true) {
            byte[] next = next();
            if (next != null) {
                return isEnd(next) ? null : next;
            }
            LockSupport.park(socket);
            socket.cutIfInterrupted();
        }
    }

    /** Compares the object, because another array may be empty, too. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isEnd(byte[] answer) {
        return answer == END;
    }

    /**
     * Takes the next bytes without waiting.
     *
     * @return the next bytes, {@link #END} or {@link #WOKEN}; null if there is nothing yet, and then the calling thread
     *     is woken once there is
     */
    synchronized byte @Nullable [] next() {
        reader = null;
        if (woken) {
            woken = false;
            return WOKEN;
        }
        byte[] next = chunks.poll();
        if (next == null) {
            reader = Thread.currentThread();
            return ended ? END : null;
        }
        size -= CHUNK_BYTES + next.length;
        if (full && chunks.isEmpty()) {
            full = false;
            resume.run();
        }
        return next;
    }
}
