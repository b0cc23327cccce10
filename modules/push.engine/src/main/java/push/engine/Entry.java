package push.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import push.api.ClientEvent;
import push.api.Event;
import push.api.SessionInvalidation;

/** An event in its place in the log. Immutable but for the memos of its wire form and its user's shard. */
public final class Entry implements Delivery {

    /**
     * What an entry takes on the heap besides its texts, its wire form's own fields included. Measured: with
     * a payload of 262 bytes and an event id of 36, 940 bytes in all, for which this makes 948.
     */
    private static final int OVERHEAD_BYTES = 340;

    private static final long UNKNOWN = -1;

    private final String epoch;
    private final long sequence;
    private final Instant publishedAt;
    private final long appendedNanos;
    private final Event event;
    private final int heapBytes;
    private volatile byte @Nullable [] wire;
    private volatile long userHash = UNKNOWN;

    Entry(String epoch, long sequence, Instant publishedAt, long appendedNanos, Event event) {
        this.epoch = epoch;
        this.sequence = sequence;
        this.publishedAt = publishedAt;
        this.appendedNanos = appendedNanos;
        this.event = event;
        this.heapBytes = OVERHEAD_BYTES + 2 * textBytes(event); // once as published, once in the wire form
    }

    /** The cursor from which a stream goes on after this event. */
    public Cursor cursor() {
        return new Cursor(epoch, sequence);
    }

    long sequence() {
        return sequence;
    }

    /** What happened. */
    Event event() {
        return event;
    }

    boolean isInvalidation() {
        return event instanceof SessionInvalidation;
    }

    /** {@link Shards#hash} of its user: made by the first reader that asks, so that the publisher need not. */
    long userHash() {
        long made = userHash;
        if (made == UNKNOWN) {
            made = Shards.hash(event.userId());
            userHash = made;
        }
        return made;
    }

    /** When this hub got it, on the scale of {@link EngineRuntime#nanoTime}. */
    public long appendedNanos() {
        return appendedNanos;
    }

    /**
     * The wire form: made by whoever asks first, and kept for all others.
     *
     * <p>Threads that ask at the same moment may each make it, and one of the equal results is kept:
     * cheaper than a lock on every read. Nobody may change the bytes.
     */
    @Override
    public byte[] wire(WireFormat format) {
        byte[] made = wire;
        if (made == null) {
            made = encode(format);
            wire = made; // volatile: the bytes are complete for whoever sees them
        }
        return made;
    }

    private byte[] encode(WireFormat format) {
        return switch (event) {
            case ClientEvent e ->
                format.clientEvent(
                        cursor(),
                        publishedAt,
                        e.userId(),
                        e.session(),
                        e.kind(),
                        e.payload().utf8(),
                        e.eventId(),
                        e.requestId(),
                        e.traceId());
            case SessionInvalidation e ->
                format.sessionInvalidation(cursor(), publishedAt, e.userId(), e.session(), e.reason(), e.eventId());
        };
    }

    private static int textBytes(Event event) {
        return switch (event) {
            case ClientEvent e ->
                e.payload().size()
                        + e.kind().length()
                        + e.eventId().length()
                        + e.requestId().length()
                        + e.traceId().length();
            case SessionInvalidation e -> e.reason().length() + e.eventId().length();
        };
    }

    /** What it takes on the heap, in bytes, as good as it can be told without looking at the heap. */
    int heapBytes() {
        return heapBytes;
    }
}
