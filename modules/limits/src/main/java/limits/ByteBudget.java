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
 * A bound, in bytes, on what its leases hold together.
 *
 * <p>A budget can have parts. What a part's leases hold counts against the part and against the budget around it. A
 * part has a bound of its own, and no bytes are set aside for it.
 *
 * <p>Those that wait for room in one budget get it in the order in which they came: a large request is never overtaken
 * by a smaller one. A request that waits in one part does not hold up requests in another part.
 *
 * <p>Safe for any number of threads. All methods but {@link #acquire} return at once.
 */
public final class ByteBudget {

    private final long capacity;
    private final @Nullable ByteBudget whole;

    /** One for a budget and all of its parts: a step changes several of them at once. */
    private final ReentrantLock lock;

    // Guarded by the lock.
    private final List<ByteBudget> parts = new ArrayList<>();
    private final Queue<Waiter> waiters = new ArrayDeque<>();
    private long held;

    private ByteBudget(long capacity, @Nullable ByteBudget whole, ReentrantLock lock) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1 byte, and was " + capacity);
        }
        this.capacity = capacity;
        this.whole = whole;
        this.lock = lock;
    }

    /** A request for room that has not been granted yet. Guarded by the lock. */
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
     * Makes a budget of its own.
     *
     * @param capacity what its leases may hold together, in bytes; at least 1
     */
    public static ByteBudget of(long capacity) {
        return new ByteBudget(capacity, null, new ReentrantLock());
    }

    /**
     * Makes a part of this budget.
     *
     * @param partCapacity what the part's leases may hold together, in bytes; at least 1. A bound above this budget's
     *     own changes nothing.
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

    /** What its leases may hold together, in bytes. */
    public long capacity() {
        return capacity;
    }

    /** What its leases and those of its parts hold now, in bytes. */
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
     * @param bytes how much; 0 or more
     * @return empty when there is no room, or when earlier requests are waiting for it
     */
    public Optional<Lease> tryAcquire(long bytes) {
        return took(bytes) ? Optional.of(new Lease(this, bytes)) : Optional.empty();
    }

    /**
     * Acquires room, and waits for it if need be.
     *
     * @param bytes how much; 0 or more
     * @param atMost how long to wait
     * @return empty when there was no room in time; at once when the budget could never have that much
     * @throws InterruptedException when the thread is interrupted while it waits; it then holds nothing
     */
    public Optional<Lease> acquire(long bytes, Duration atMost) throws InterruptedException {
        return took(bytes, atMost) ? Optional.of(new Lease(this, bytes)) : Optional.empty();
    }

    /**
     * Takes room without waiting and without a lease; false when there is none, or when earlier requests wait for it.
     */
    boolean took(long bytes) {
        lock.lock();
        try {
            return takeNow(bytes);
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #acquire}, without a lease; false when there was no room in time. */
    boolean took(long bytes, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return takeNow(bytes) || (bytes <= capacity && await(bytes, atMost.toNanos()));
        } finally {
            lock.unlock();
        }
    }

    private boolean takeNow(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must be 0 or more, and was " + bytes);
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

    /** Those behind it, or in other budgets, may have room now. */
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
        return bytes <= capacity - held && (whole == null || whole.hasRoom(bytes));
    }

    private void add(long bytes) {
        held += bytes;
        if (whole != null) {
            whole.add(bytes);
        }
    }

    private ByteBudget root() {
        return whole == null ? this : whole.root();
    }

    /** Grants what there is room for: in the budget itself first, then in each of its parts. */
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
