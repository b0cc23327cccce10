package push.engine;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import push.api.ClientEvent;
import push.api.Event;
import push.api.SessionInvalidation;

/**
 * An event in its place in the log. What it says never changes; its form does once: the event as it was published
 * gives way to its wire form, so that no payload is kept twice for as long as the log keeps the entry.
 */
public final class Entry implements Delivery {

    private static final long UNKNOWN = -1;

    private final String epoch;
    private final long sequence;
    private final Instant publishedAt;
    private final long appendedNanos;
    private final UUID userId;
    private final @Nullable UUID session;
    private final @Nullable String kind;
    private final String traceparent;
    private final int heapBytes;
    /** The {@link Event}, until somebody asks for the wire form; then that, a {@code byte[]}. */
    private volatile Object form;

    private volatile long userHash = UNKNOWN;

    Entry(String epoch, long sequence, Instant publishedAt, long appendedNanos, Event event) {
        this.epoch = epoch;
        this.sequence = sequence;
        this.publishedAt = publishedAt;
        this.appendedNanos = appendedNanos;
        this.userId = event.userId();
        this.session = event.session().orElse(null);
        this.kind = event instanceof ClientEvent e ? e.kind() : null;
        this.traceparent = event.traceparent();
        this.heapBytes = EntrySize.of(event);
        this.form = event;
    }

    /** The cursor from which a stream goes on after this event. */
    public Cursor cursor() {
        return new Cursor(epoch, sequence);
    }

    long sequence() {
        return sequence;
    }

    /** Whom it concerns. */
    UUID userId() {
        return userId;
    }

    /** The one session that it concerns; null for every session of the user. */
    @Nullable
    UUID session() {
        return session;
    }

    /** What kind of client event it is; null for an invalidation. */
    @Nullable
    String kind() {
        return kind;
    }

    /** The W3C trace context in which its deliveries go on; may be empty. */
    public String traceparent() {
        return traceparent;
    }

    boolean isInvalidation() {
        return kind == null;
    }

    /** {@link Shards#hash} of its user: made by the first reader that asks, so that the publisher need not. */
    long userHash() {
        long made = userHash;
        if (made == UNKNOWN) {
            made = Shards.hash(userId);
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
        Object now = form;
        if (now instanceof byte[] made) {
            return made;
        }
        byte[] made = encode((Event) now, format);
        form = made; // volatile: the bytes are complete for whoever sees them
        return made;
    }

    private byte[] encode(Event event, WireFormat format) {
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
                        e.traceId(),
                        e.traceparent());
            case SessionInvalidation e ->
                format.sessionInvalidation(
                        cursor(),
                        publishedAt,
                        e.userId(),
                        e.session(),
                        e.reason(),
                        e.revokedAt() == null ? publishedAt : e.revokedAt(),
                        e.eventId(),
                        e.traceparent());
        };
    }

    /** What it takes on the heap, in bytes: an estimate, which errs on the side of too much. See {@link EntrySize}. */
    int heapBytes() {
        return heapBytes;
    }
}
