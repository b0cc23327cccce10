package limits;

import java.time.Duration;

/**
 * Bytes of a {@link ByteBudget} that are held until the lease is closed. Closing a lease again has no effect. Safe for
 * any number of threads.
 */
public final class Lease implements AutoCloseable {

    private final ByteBudget budget;

    // Guarded by the lease's monitor, which is never held while the thread waits for room.
    private long bytes;
    private boolean closed;

    Lease(ByteBudget budget, long bytes) {
        this.budget = budget;
        this.bytes = bytes;
    }

    /** Returns the number of bytes held; 0 once the lease is closed. */
    public synchronized long bytes() {
        return bytes;
    }

    /**
     * Acquires more room without waiting.
     *
     * @param more the number of bytes to acquire; 0 or more
     * @return false if there is no room; the lease then holds what it held before
     * @throws IllegalStateException if the lease is closed
     */
    public boolean tryGrow(long more) {
        return budget.tryTake(more) && keep(more);
    }

    /**
     * Acquires more room, and waits for it if necessary.
     *
     * @param more the number of bytes to acquire; 0 or more
     * @param atMost the maximum time to wait
     * @return false if there was no room in time; the lease then holds what it held before
     * @throws InterruptedException if the thread is interrupted while it waits
     * @throws IllegalStateException if the lease is closed, before or during the wait
     */
    public boolean grow(long more, Duration atMost) throws InterruptedException {
        return budget.tryTake(more, atMost) && keep(more);
    }

    private boolean keep(long more) {
        synchronized (this) {
            if (!closed) {
                bytes += more;
                return true;
            }
        }
        budget.release(more);
        throw new IllegalStateException("the lease is closed");
    }

    /**
     * Releases a part of the bytes held.
     *
     * @param remaining the number of bytes to keep; no effect if the lease already holds no more than that
     */
    public void shrinkTo(long remaining) {
        if (remaining < 0) {
            throw new IllegalArgumentException("remaining must be 0 or more, but was " + remaining);
        }
        long released;
        synchronized (this) {
            released = Math.max(0, bytes - remaining);
            bytes -= released;
        }
        if (released > 0) {
            budget.release(released);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        shrinkTo(0);
    }
}
