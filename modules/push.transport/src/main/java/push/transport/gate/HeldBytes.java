package push.transport.gate;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What all connections over HTTP/2 hold together for their peers: parts of bodies that no handler has taken, frames and header
 * blocks that are not complete, and answers that wait for windows. Thread-safe.
 */
final class HeldBytes {

    private static final int HEAP_SHARE = 16;

    private final AtomicLong held = new AtomicLong();
    private final long most;

    /** @param most from how many bytes on the gate holds no more */
    HeldBytes(long most) {
        this.most = most;
    }

    /** A sixteenth of the heap. */
    static HeldBytes ofTheHeap() {
        return new HeldBytes(Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    /** More bytes are held; fewer, when negative. */
    void add(long bytes) {
        held.addAndGet(bytes);
    }

    /** Whether nothing more should be held. */
    boolean isFull() {
        return held.get() > most;
    }

    long bytes() {
        return held.get();
    }
}
