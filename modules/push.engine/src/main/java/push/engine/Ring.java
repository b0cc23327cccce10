package push.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Entries by sequence, in a circular array of slots. Knows only sequences and its capacity.
 *
 * <p>One thread at a time writes; any number of threads read meanwhile. A reader gets nothing if a later entry occupies
 * the slot of the sequence, or if the slot was cleared: that is how a reader learns that it was lapped.
 */
final class Ring {

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Entry[].class);

    private final @Nullable Entry[] slots;
    private final int mask;

    /** @param capacity a power of two */
    Ring(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity must be a power of two, but was " + capacity);
        }
        this.slots = new Entry[capacity];
        this.mask = capacity - 1;
    }

    int capacity() {
        return slots.length;
    }

    void put(Entry entry) {
        // Release: a reader that finds the entry before it sees the new head sees a complete entry.
        SLOT.setRelease(slots, slot(entry.sequence()), entry);
    }

    /** Returns the entry with this sequence, or null if it is not here, or no longer here. */
    @Nullable
    Entry get(long sequence) {
        Entry entry = (Entry) SLOT.getAcquire(slots, slot(sequence));
        return entry != null && entry.sequence() == sequence ? entry : null;
    }

    void clear(long sequence) {
        SLOT.setRelease(slots, slot(sequence), null);
    }

    /** Returns a ring of another capacity with the entries from {@code from} to {@code to}, which must fit. */
    Ring resized(int capacity, long from, long to) {
        Ring other = new Ring(capacity);
        for (long sequence = from; sequence <= to; sequence++) {
            Entry entry = get(sequence);
            if (entry != null) {
                other.put(entry);
            }
        }
        return other;
    }

    private int slot(long sequence) {
        return (int) sequence & mask;
    }
}
