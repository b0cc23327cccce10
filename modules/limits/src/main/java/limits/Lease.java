package limits;

import java.time.Duration;

/**
 * Bytes of a {@link ByteBudget} that are held until the lease is closed. Closing a lease again does nothing. Safe for any
 * number of threads.
 */
public final class Lease implements AutoCloseable {

    private final ByteBudget budget;

    // Guarded by the lease itself, which is never held while its thread waits for room.
    private long bytes;
    private boolean closed;

    Lease(ByteBudget budget, long bytes) {
        this.budget = budget;
        this.bytes = bytes;
    }

    /** What the lease holds, in bytes; 0 once it is closed. */
    public synchronized long bytes() {
        return bytes;
    }

    /**
     * Acquires more room without waiting.
     *
     * @param more how many bytes; 0 or more
     * @return false when there is no room; the lease then holds what it held before
     * @throws IllegalStateException when the lease is closed
     */
    public boolean tryGrow(long more) {
        return budget.took(more) && keep(more);
    }

    /**
     * Acquires more room, and waits for it if need be.
     *
     * @param more how many bytes; 0 or more
     * @param atMost how long to wait
     * @return false when there was no room in time; the lease then holds what it held before
     * @throws InterruptedException when the thread is interrupted while it waits
     * @throws IllegalStateException when the lease is closed, or is closed meanwhile
     */
    public boolean grow(long more, Duration atMost) throws InterruptedException {
        return budget.took(more, atMost) && keep(more);
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
     * Gives back a part of what the lease holds.
     *
     * @param remaining what the lease then holds, in bytes; nothing happens when it holds no more than that already
     */
    public void shrinkTo(long remaining) {
        if (remaining < 0) {
            throw new IllegalArgumentException("remaining must be 0 or more, and was " + remaining);
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
