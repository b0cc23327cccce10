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
     * @param size the size of each buffer, in bytes
     * @param spares the largest number of unused buffers to keep; more may be in use
     */
    public BufferPool(int size, int spares) {
        this.size = size;
        this.spare = new AtomicReferenceArray<>(spares);
    }

    /** Takes a cleared buffer. The bytes that it held before are not overwritten. */
    public ByteBuffer take() {
        for (int i = 0; i < spare.length(); i++) {
            ByteBuffer buffer = spare.get(i) == null ? null : spare.getAndSet(i, null);
            if (buffer != null) {
                return buffer.clear();
            }
        }
        return ByteBuffer.allocateDirect(size);
    }

    /** Returns a buffer to the pool. The caller must not use the buffer any more. */
    public void give(ByteBuffer buffer) {
        for (int i = 0; i < spare.length(); i++) {
            if (spare.get(i) == null && spare.compareAndSet(i, null, buffer)) {
                return;
            }
        }
    }
}
