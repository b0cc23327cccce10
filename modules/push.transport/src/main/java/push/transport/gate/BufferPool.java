package push.transport.gate;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Direct buffers in which frames are assembled; the kernel reads them without a copy on the heap. A stream has a buffer
 * only while it writes. Waiting streams therefore need no buffer, and the few buffers in use stay in the processor's
 * cache. Thread-safe.
 */
public final class BufferPool {

    private final int size;
    private final AtomicReferenceArray<@Nullable ByteBuffer> spare;

    /**
     * @param size of each buffer, in bytes
     * @param spares how many are kept at most; there may be more in use
     */
    public BufferPool(int size, int spares) {
        this.size = size;
        this.spare = new AtomicReferenceArray<>(spares);
    }

    /** A buffer that is clear, with whatever it held before. */
    public ByteBuffer take() {
        for (int i = 0; i < spare.length(); i++) {
            ByteBuffer buffer = spare.get(i) == null ? null : spare.getAndSet(i, null);
            if (buffer != null) {
                return buffer.clear();
            }
        }
        return ByteBuffer.allocateDirect(size);
    }

    /** Gives it back; the caller may not use it any more. */
    public void give(ByteBuffer buffer) {
        for (int i = 0; i < spare.length(); i++) {
            if (spare.get(i) == null && spare.compareAndSet(i, null, buffer)) {
                return;
            }
        }
    }
}
