package push.engine;

import org.jspecify.annotations.Nullable;

/**
 * A look through events, in their order, for those that match an interest.
 *
 * <p>It ends when its batch has no room for the next one, in number or in bytes (whoever holds it keeps its events
 * alive), or after so many events that somebody may want to look up. For one thread at a time.
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

    /** @param maxBytes what a batch may weigh on the heap; a first event is taken whatever it weighs */
    Scan(Interest interest, long maxBytes) {
        this.interest = interest;
        this.all = interest.isAll();
        this.maxBytes = maxBytes;
    }

    /** Begins anew after that position. */
    void start(long from, Delivery[] batch) {
        into = batch;
        position = from;
        endPosition = from + MAX_EVENTS;
        size = 0;
        heldBytes = 0;
    }

    /** Looks at the next event, null where it is gone; says whether it took it or passed it over. */
    boolean accepts(@Nullable Entry next) {
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

    /** The last event that was taken or passed over. */
    long position() {
        return position;
    }

    /** How many events match. */
    int size() {
        return size;
    }

    /** Whether it ended only to let somebody look up: there may be more. */
    boolean paused() {
        return position == endPosition;
    }
}
