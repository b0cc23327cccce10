package push.engine;

import org.jspecify.annotations.Nullable;

/**
 * A pass over events, in their order, that collects those that match an interest.
 *
 * <p>A scan ends if its batch has no room for the next event, in number or in bytes, because the batch keeps its events
 * in memory. It also ends after a fixed number of events, so that the caller can check for other work. For one thread
 * at a time.
 */
final class Scan {

    private static final int MAX_EVENTS = 4096;

    private final Interest interest;
    private final boolean all;
    private final long maxBytes;
    private Delivery[] into = {};
    private long position;
    private long endPosition;
    private int size;
    private long heldBytes;

    /** @param maxBytes how much a batch may occupy on the heap, in bytes; the first event is taken whatever its size */
    Scan(Interest interest, long maxBytes) {
        this.interest = interest;
        this.all = interest.isAll();
        this.maxBytes = maxBytes;
    }

    /** Restarts the scan after {@code from}, with an empty batch. */
    void start(long from, Delivery[] batch) {
        into = batch;
        position = from;
        endPosition = from + MAX_EVENTS;
        size = 0;
        heldBytes = 0;
    }

    /** Considers the next event, or null if the event is gone. Returns true if the event was taken or skipped. */
    boolean offer(@Nullable Entry next) {
        if (next == null || size == into.length || position == endPosition) {
            return false;
        }
        if (all || interest.matches(next)) {
            if (size > 0 && heldBytes + next.heapBytes() > maxBytes) {
                return false;
            }
            into[size++] = next;
            heldBytes += next.heapBytes();
        }
        position = next.sequence();
        return true;
    }

    /** The sequence of the last event that was taken or skipped. */
    long position() {
        return position;
    }

    /** The number of events taken. */
    int size() {
        return size;
    }

    /** True if the scan ended only so that the caller can check for other work: there may be more events. */
    boolean paused() {
        return position == endPosition;
    }
}
