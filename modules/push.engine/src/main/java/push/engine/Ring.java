package push.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Entries by their sequence, in a circle of slots. Knows only sequence and capacity.
 *
 * <p>One thread writes at a time; any number read meanwhile. A reader that asks for a sequence whose
 * slot has been taken by a later one, or emptied, gets nothing: that is how it learns that it was
 * lapped.
 */
final class Ring {

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Entry[].class);

    private final @Nullable Entry[] slots;
    private final int mask;

    /** @param capacity a power of two */
    Ring(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity must be a power of two, and was " + capacity);
        }
        this.slots = new Entry[capacity];
        this.mask = capacity - 1;
    }

    int capacity() {
        return slots.length;
    }

    void put(Entry entry) {
        // Release, for the reader that finds it before it sees the new head: what it finds is whole.
        SLOT.setRelease(slots, slot(entry.sequence()), entry);
    }

    /** The entry of that sequence, or null when it is not here (any more). */
    @Nullable
    Entry get(long sequence) {
        Entry entry = (Entry) SLOT.getAcquire(slots, slot(sequence));
        return entry != null && entry.sequence() == sequence ? entry : null;
    }

    void clear(long sequence) {
        SLOT.setRelease(slots, slot(sequence), null);
    }

    /** A ring of another capacity with the entries of {@code from} to {@code to}, which must fit. */
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
