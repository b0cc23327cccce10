package limits;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A limit on the total number of bytes that its leases hold.
 *
 * <p>A budget can have parts. The bytes of a part's leases count against the part and against the budget around it. A
 * part has its own limit, and no bytes are reserved for it.
 *
 * <p>Requests that wait for room in one budget are granted in the order of arrival: a large request is never overtaken
 * by a smaller one. A request that waits in one part does not hold up requests in another part.
 *
 * <p>Safe for any number of threads. All methods except {@link #acquire} return at once.
 */
public final class ByteBudget {

    private final long capacity;
    private final @Nullable ByteBudget parent;

    /** One lock for a budget and all of its parts, because a step changes several of them at once. */
    private final ReentrantLock lock;

    // Guarded by the lock.
    private final List<ByteBudget> parts = new ArrayList<>();
    private final Queue<Waiter> waiters = new ArrayDeque<>();
    private long held;

    private ByteBudget(long capacity, @Nullable ByteBudget parent, ReentrantLock lock) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1 byte, but was " + capacity);
        }
        this.capacity = capacity;
        this.parent = parent;
        this.lock = lock;
    }

    /** A request for room that waits. Guarded by the lock. */
    private static final class Waiter {
        private final long bytes;
        private final Condition changed;
        private boolean granted;

        Waiter(long bytes, Condition changed) {
            this.bytes = bytes;
            this.changed = changed;
        }
    }

    /**
     * Creates an independent budget.
     *
     * @param capacity the total number of bytes that its leases may hold; at least 1
     */
    public static ByteBudget of(long capacity) {
        return new ByteBudget(capacity, null, new ReentrantLock());
    }

    /**
     * Creates a part of this budget.
     *
     * @param partCapacity the total number of bytes that the part's leases may hold; at least 1. A value above this
     *     budget's own capacity has the same effect as that capacity.
     */
    public ByteBudget part(long partCapacity) {
        lock.lock();
        try {
            ByteBudget part = new ByteBudget(Math.min(partCapacity, capacity), this, lock);
            parts.add(part);
            return part;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the total number of bytes that its leases may hold. */
    public long capacity() {
        return capacity;
    }

    /** Returns the number of bytes that its leases and those of its parts hold now. */
    public long held() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Acquires room without waiting.
     *
     * @param bytes the number of bytes to acquire; 0 or more
     * @return empty if there is no room, or if earlier requests are waiting for it
     */
    public Optional<Lease> tryAcquire(long bytes) {
        return tryTake(bytes) ? Optional.of(new Lease(this, bytes)) : Optional.empty();
    }

    /**
     * Acquires room, and waits for it if necessary.
     *
     * @param bytes the number of bytes to acquire; 0 or more
     * @param atMost the maximum time to wait
     * @return empty if there was no room in time; at once if {@code bytes} exceeds the capacity
     * @throws InterruptedException if the thread is interrupted while it waits; it then holds nothing
     */
    public Optional<Lease> acquire(long bytes, Duration atMost) throws InterruptedException {
        return tryTake(bytes, atMost) ? Optional.of(new Lease(this, bytes)) : Optional.empty();
    }

    /** The same as {@link #tryAcquire}, but without a lease; false if there is no room. */
    boolean tryTake(long bytes) {
        lock.lock();
        try {
            return takeIfFree(bytes);
        } finally {
            lock.unlock();
        }
    }

    /** The same as {@link #acquire}, but without a lease; false if there was no room in time. */
    boolean tryTake(long bytes, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return takeIfFree(bytes) || (bytes <= capacity && await(bytes, atMost.toNanos()));
        } finally {
            lock.unlock();
        }
    }

    private boolean takeIfFree(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must be 0 or more, but was " + bytes);
        }
        boolean free = waiters.isEmpty() && hasRoom(bytes);
        if (free) {
            add(bytes);
        }
        return free;
    }

    private boolean await(long bytes, long nanos) throws InterruptedException {
        Waiter waiter = new Waiter(bytes, lock.newCondition());
        waiters.add(waiter);
        try {
            long left = nanos;
            while (!waiter.granted && left > 0) {
                left = waiter.changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            if (waiter.granted) {
                add(-waiter.bytes);
            }
            leave(waiter);
            throw e;
        }
        if (!waiter.granted) {
            leave(waiter);
        }
        return waiter.granted;
    }

    /** Removes a request from the queue. The requests behind it, or in other budgets, may have room now. */
    private void leave(Waiter waiter) {
        waiters.remove(waiter);
        root().grant();
    }

    void release(long bytes) {
        lock.lock();
        try {
            add(-bytes);
            root().grant();
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(long bytes) {
        return bytes <= capacity - held && (parent == null || parent.hasRoom(bytes));
    }

    private void add(long bytes) {
        held += bytes;
        if (parent != null) {
            parent.add(bytes);
        }
    }

    private ByteBudget root() {
        return parent == null ? this : parent.root();
    }

    /** Grants all requests for which there is room: in the budget itself first, then in each of its parts. */
    private void grant() {
        Waiter next = waiters.peek();
        while (next != null && hasRoom(next.bytes)) {
            waiters.remove();
            add(next.bytes);
            next.granted = true;
            next.changed.signal();
            next = waiters.peek();
        }
        parts.forEach(ByteBudget::grant);
    }
}
