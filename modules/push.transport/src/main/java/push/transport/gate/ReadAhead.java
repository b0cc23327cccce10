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

    /** What it may take in memory: then no more is read until all of it is taken. */
    static final int MAX_BYTES = 1 << 16;

    /** What a chunk takes beside what is in it: that may be a single byte. */
    static final int CHUNK_BYTES = 32;

    /** What {@link #next} answers when there will be no more. */
    static final byte[] END = {};

    /** What {@link #next} answers when the reader was woken. */
    static final byte[] WOKEN = {};

    /** Whether an answer of {@link #next} is {@link #END}: the very object, as another may be as empty. */
    @SuppressWarnings("ReferenceEquality")
    static boolean isEnd(byte[] answer) {
        return answer == END;
    }

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
     * @param pause has nothing more be read
     * @param resume has it be read again
     */
    ReadAhead(Runnable pause, Runnable resume) {
        this.pause = pause;
        this.resume = resume;
    }

    /** Adds what was read, and wakes who waits for it. */
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

    /** What it takes in memory now, in bytes. */
    synchronized int size() {
        return size;
    }

    /** Has the thread that waits, or the next one that asks, be answered with {@link #WOKEN}. */
    synchronized void wake() {
        woken = true;
        LockSupport.unpark(reader);
    }

    /** There will be no more. */
    synchronized void end() {
        ended = true;
        pause.run(); // there would be an end to be read for ever
        LockSupport.unpark(reader);
    }

    /**
     * Takes what comes next.
     *
     * @return null when there is nothing yet: then the calling thread is woken when there is; {@link #END} or
     *     {@link #WOKEN}
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
