package push.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import push.api.Event;
import push.engine.spi.Tail;

/**
 * The events that can still be replayed: each one for the freshness window, as long as the budget in
 * bytes allows.
 *
 * <p>The ring doubles when it is full of fresh events, and halves when it is mostly empty. Writers
 * (append, expiry, resize) take a lock; readers take none. What makes that safe is the order in which
 * a writer publishes: first the entry (and a new ring), then {@code head}; and for removal first
 * {@code oldest}, then the empty slot. So a reader that loads {@code head} before {@code ring} finds
 * every event up to {@code head}, unless {@code oldest} already tells that it is gone.
 */
final class RecentEvents implements Tail {

    /** Bounds the pause that a publisher can meet after a silence; the maintenance removes the rest. */
    private static final int MAX_EXPIRED_AT_APPEND = 64;

    private static final long MAX_BYTES_AT_ONCE = 256 << 10;

    private final String epoch;
    private final EngineTime time;
    private final long windowNanos;
    private final int minCapacity;
    private final long maxBytes;
    private final Runnable onAppend;
    private final ReentrantLock writing = new ReentrantLock();

    private volatile Ring ring;
    private volatile long head;
    private volatile long oldest = 1;
    private long bytes; // guarded by `writing`

    /**
     * @param capacity how many events there is room for at first; rounded up to a power of two
     * @param maxBytes beats the capacity and the window
     * @param onAppend told after each append; must not wait
     */
    RecentEvents(String epoch, EngineTime time, Duration window, int capacity, long maxBytes, Runnable onAppend) {
        this.epoch = epoch;
        this.time = time;
        this.windowNanos = window.toNanos();
        this.minCapacity = roundUpToPowerOfTwo(capacity);
        this.maxBytes = maxBytes;
        this.onAppend = onAppend;
        this.ring = new Ring(minCapacity);
    }

    private static int roundUpToPowerOfTwo(int n) {
        return n <= 1 ? 1 : Integer.highestOneBit(n - 1) << 1;
    }

    @Override
    public void append(long sequence, Instant publishedAt, Event event) {
        long now = time.nanoTime();
        Entry entry = new Entry(epoch, sequence, publishedAt, now, event);
        writing.lock();
        try {
            removeExpired(now, MAX_EXPIRED_AT_APPEND);
            makeRoomFor(entry);
            ring.put(entry);
            bytes += entry.heapBytes();
            head = sequence;
        } finally {
            writing.unlock();
        }
        onAppend.run();
    }

    private void makeRoomFor(Entry entry) {
        while (size() > 0 && bytes + entry.heapBytes() > maxBytes) {
            removeOldest();
        }
        if (size() == ring.capacity()) {
            ring = ring.resized(ring.capacity() << 1, oldest, head);
        }
    }

    private void removeExpired(long now, int atMost) {
        for (int n = 0; n < atMost && size() > 0; n++) {
            Entry entry = ring.get(oldest);
            if (entry != null && now - entry.appendedNanos() < windowNanos) {
                return;
            }
            removeOldest();
        }
    }

    private void removeOldest() {
        long sequence = oldest;
        Entry entry = ring.get(sequence);
        oldest = sequence + 1;
        ring.clear(sequence);
        if (entry != null) {
            bytes -= entry.heapBytes();
        }
    }

    private long size() {
        return head - oldest + 1;
    }

    /** Removes what has expired, and gives room back. Safe for any thread. */
    void expire() {
        writing.lock();
        try {
            removeExpired(time.nanoTime(), Integer.MAX_VALUE);
            int capacity = ring.capacity();
            while (capacity > minCapacity && size() <= capacity / 4) {
                capacity >>= 1;
            }
            if (capacity < ring.capacity()) {
                ring = ring.resized(capacity, oldest, head);
            }
        } finally {
            writing.unlock();
        }
    }

    /** The oldest and the newest fresh event as of one moment. */
    Span span() {
        writing.lock();
        try {
            removeExpired(time.nanoTime(), Integer.MAX_VALUE);
            return new Span(oldest, head);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Copies consecutive entries that follow a position, without a lock.
     *
     * @return how many; fewer than there is room for when there are no more, when the next one is gone
     *     ({@link #oldest} tells which), or when they are large: whoever holds them keeps them alive
     */
    int read(long position, Entry[] into) {
        long end = Math.min(head, position + into.length);
        Ring slots = ring; // after head: see above
        int n = 0;
        long heldBytes = 0;
        for (long sequence = position + 1; sequence <= end && heldBytes < MAX_BYTES_AT_ONCE; sequence++) {
            Entry entry = slots.get(sequence);
            if (entry == null) {
                break;
            }
            into[n++] = entry;
            heldBytes += entry.heapBytes();
        }
        return n;
    }

    /** The sequence of the last event; 0 before the first. */
    long head() {
        return head;
    }

    /** The sequence of the oldest event that is still here; one past the head when there is none. */
    long oldest() {
        return oldest;
    }

    /** How many events there is room for now. */
    int capacity() {
        return ring.capacity();
    }

    /** What the events take on the heap. */
    long bytes() {
        writing.lock();
        try {
            return bytes;
        } finally {
            writing.unlock();
        }
    }

    /**
     * @param oldest the first sequence that can be replayed; {@code head + 1} when there is none
     * @param head the last sequence; 0 before the first event
     */
    record Span(long oldest, long head) {}
}
