package push.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The events of both kinds that can still be replayed: each one for the freshness window, as far as the limit in bytes
 * allows.
 *
 * <p>The ring doubles when it is full of fresh events, and halves when it is mostly empty. Writers (append, expiry,
 * resize) take a lock; readers take none. Readers are safe because of the order in which a writer publishes: it first
 * writes the entry (and a new ring), then {@code head}; to remove an entry it first advances {@code oldest}, then
 * clears the slot. So a reader that loads {@code head} before {@code ring} finds every event up to {@code head}, unless
 * {@code oldest} already shows that the event is gone.
 */
final class RecentEvents {

    /** Limits how long an append can take after a silence; the maintenance removes the remaining expired events. */
    private static final int MAX_EXPIRED_AT_APPEND = 64;

    /** The longest hole for which the ring is made large enough to keep the events before it. */
    private static final long MAX_SPANNED_HOLE = 1 << 20;

    private final EngineRuntime runtime;
    private final long windowNanos;
    private final int minCapacity;
    private final long maxBytes;
    private final ReentrantLock writing = new ReentrantLock();

    private volatile Ring ring;
    private volatile long head;
    private volatile long oldest;
    private volatile long evictedThrough;
    private final Holes holes = new Holes(); // written under `writing`
    private final AtomicLong bytes = new AtomicLong(); // written under `writing`

    /**
     * @param base the sequence after which events follow
     * @param capacity the initial number of slots; rounded up to a power of two
     * @param maxBytes how much the events may occupy on the heap, in bytes; takes precedence over capacity and window
     */
    RecentEvents(EngineRuntime runtime, long base, Duration window, int capacity, long maxBytes) {
        this.runtime = runtime;
        this.head = base;
        this.oldest = base + 1;
        this.windowNanos = window.toNanos();
        this.minCapacity = roundUpToPowerOfTwo(capacity);
        this.maxBytes = maxBytes;
        this.ring = new Ring(minCapacity);
    }

    private static int roundUpToPowerOfTwo(int n) {
        return n <= 1 ? 1 : Integer.highestOneBit(n - 1) << 1;
    }

    /**
     * Adds the next event, and makes it visible to readers.
     *
     * @param now the current time, on the time scale of {@link EngineRuntime#nanoTime}
     */
    void append(Entry entry, long now) {
        writing.lock();
        try {
            removeExpired(now, MAX_EXPIRED_AT_APPEND);
            makeRoomFor(entry);
            ring.put(entry);
            bytes.lazySet(bytes.get() + entry.heapBytes());
            head = entry.sequence();
        } finally {
            writing.unlock();
        }
    }

    /** Continues after {@code through}: this hub does not receive the events between {@link #head} and it. */
    void skip(long through) {
        writing.lock();
        try {
            if (through - head > MAX_SPANNED_HOLE) {
                removeAll();
            }
            holes.forgetBefore(oldest);
            holes.add(head, through); // before the head: a reader that finds no event after its position looks here
            boolean empty = size() == 0;
            if (!empty) {
                makeSlotsFor(through);
            }
            head = through;
            if (empty) {
                evictedThrough = through;
                oldest = through + 1;
            }
        } finally {
            writing.unlock();
        }
    }

    private void makeSlotsFor(long newest) {
        int capacity = ring.capacity();
        while (capacity <= newest - oldest) {
            capacity <<= 1;
        }
        if (capacity > ring.capacity()) {
            ring = ring.resized(capacity, oldest, head);
        }
    }

    /** Removes everything: what readers have not taken is lost to them. */
    void evictAll() {
        writing.lock();
        try {
            evictedThrough = head;
            removeAll();
        } finally {
            writing.unlock();
        }
    }

    private void removeAll() {
        while (size() > 0) {
            removeOldest();
        }
    }

    private void makeRoomFor(Entry entry) {
        while (size() > 0 && bytes.get() + entry.heapBytes() > maxBytes) {
            evictedThrough = oldest;
            removeOldest();
        }
        makeSlotsFor(entry.sequence());
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
        if (entry == null) {
            evictedThrough = sequence; // a hole
        } else {
            bytes.lazySet(bytes.get() - entry.heapBytes());
        }
    }

    private long size() {
        return head - oldest + 1;
    }

    /** Removes expired events, and shrinks the ring. Safe for any thread. */
    void expire() {
        writing.lock();
        try {
            removeExpired(runtime.nanoTime(), Integer.MAX_VALUE);
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

    /** Returns the oldest and the newest fresh event, as of one moment. */
    Span span() {
        writing.lock();
        try {
            removeExpired(runtime.nanoTime(), Integer.MAX_VALUE);
            return new Span(oldest, head);
        } finally {
            writing.unlock();
        }
    }

    /** Continues a scan with the events after its position, without a lock. */
    void read(Scan scan) {
        long end = head;
        Ring slots = ring; // after head: see the class comment
        while (scan.position() < end && scan.offer(slots.get(scan.position() + 1))) {
            // An accepted entry advances the scan. A missing entry, or one that does not fit, ends the loop.
        }
    }

    /** Returns the entry with this sequence; null if it is not here, or no longer here. */
    @Nullable
    Entry get(long sequence) {
        return ring.get(sequence);
    }

    /** Returns the last sequence of the hole that {@code position + 1} is in; {@code position} if there is none. */
    long holeAfter(long position) {
        return holes.endAfter(position);
    }

    /** Returns how many events after {@code from}, up to {@code to}, this hub has received. */
    long received(long from, long to) {
        return to - from - holes.count(from, to);
    }

    /** The sequence of the last event; the base before the first. */
    long head() {
        return head;
    }

    /** The sequence of the oldest event that is still here; {@code head + 1} if there is none. */
    long oldest() {
        return oldest;
    }

    /**
     * The sequence of the last event that was evicted before it expired, for lack of room, or that the log had lost; 0
     * if there was none.
     */
    long evictedThrough() {
        return evictedThrough;
    }

    /** The current number of slots. */
    int capacity() {
        return ring.capacity();
    }

    /** How much the events occupy on the heap, in bytes. */
    long bytes() {
        return bytes.get();
    }

    /**
     * @param oldest the first sequence that can be replayed; {@code head + 1} if there is none
     * @param head the last sequence; 0 before the first event
     */
    record Span(long oldest, long head) {}
}
