package logcontract;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import push.engine.spi.Appended.Position;
import push.engine.spi.LogEvent;

/**
 * One life of a store: which events it has under their once-ids, and how far this hub has read them. For one thread at
 * a time.
 */
final class StoreLife {

    private final String epoch;
    private final Map<UUID, Position> once = new HashMap<>();

    /** The last event that this hub has read, or that was gone before it could. */
    private long read;

    /** The last event that this hub or another one has stored; at least {@code read}. */
    private long stored;

    /** @param base the sequence after which the life begins */
    StoreLife(String epoch, long base) {
        this.epoch = epoch;
        this.read = base;
        this.stored = base;
    }

    String epoch() {
        return epoch;
    }

    /** Returns where the store has the event; null if the event has no once-id or is not stored. */
    @Nullable
    Position find(LogEvent event) {
        return event.onceId().map(once::get).orElse(null);
    }

    /** Returns the position of the next event that this hub reads. */
    Position next() {
        return new Position(epoch, read + 1);
    }

    /** This hub has read the event at {@link #next}. */
    void add(LogEvent event) {
        Position position = next();
        event.onceId().ifPresent(id -> once.put(id, position));
        advance(1);
    }

    /** This hub will not read the next events. */
    void skip(int events) {
        advance(events);
    }

    private void advance(int events) {
        read += events;
        stored = Math.max(stored, read);
    }

    /** Another hub has stored this many events more than this hub has read. */
    void storeElsewhere(int events) {
        stored = Math.max(stored, read + events);
    }

    /** Returns the last sequence that this hub has read, or that was gone before it could. */
    long read() {
        return read;
    }

    /** Returns the position of the last event that this hub or another one has stored. */
    Position last() {
        return new Position(epoch, stored);
    }
}
