package push.engine;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import push.api.ClientEvent;
import push.api.Event;
import push.api.SessionInvalidation;

/**
 * An event at its position in the log.
 *
 * <p>The content never changes. The form changes once: the wire form replaces the event as it was published, so that no
 * payload is held twice while the log keeps the entry. Safe for any number of threads.
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
    private final WireFormat format;
    /** The {@link Event} until the wire form is first requested; then the wire form, a {@code byte[]}. */
    private volatile Object form;

    private volatile long userHash = UNKNOWN;

    /** @param format encodes the event when its wire form is first requested */
    Entry(String epoch, long sequence, Instant publishedAt, long appendedNanos, Event event, WireFormat format) {
        this.epoch = epoch;
        this.sequence = sequence;
        this.publishedAt = publishedAt;
        this.appendedNanos = appendedNanos;
        this.userId = event.userId();
        this.session = event.session().orElse(null);
        this.kind = event instanceof ClientEvent e ? e.kind() : null;
        this.traceparent = event.traceparent();
        this.heapBytes = EntrySize.of(event);
        this.format = format;
        this.form = event;
    }

    /** Returns the cursor from which a stream continues after this event. */
    public Cursor cursor() {
        return new Cursor(epoch, sequence);
    }

    long sequence() {
        return sequence;
    }

    /** The user whom the event concerns. */
    UUID userId() {
        return userId;
    }

    /** The session that the event concerns; null for every session of the user. */
    @Nullable
    UUID session() {
        return session;
    }

    /** The kind of client event; null for an invalidation. */
    @Nullable
    String kind() {
        return kind;
    }

    /** Returns the W3C trace context for deliveries of the event; may be empty. */
    public String traceparent() {
        return traceparent;
    }

    boolean isInvalidation() {
        return kind == null;
    }

    /**
     * {@link Shards#hash} of the user, computed by the first reader that needs it, so that the publisher does not have
     * to.
     */
    long userHash() {
        long made = userHash;
        if (made == UNKNOWN) {
            made = Shards.hash(userId);
            userHash = made;
        }
        return made;
    }

    /** Returns when this hub received the event, on the time scale of {@link EngineRuntime#nanoTime}. */
    public long appendedNanos() {
        return appendedNanos;
    }

    /**
     * Returns the wire form, which the first call encodes and later calls share. The caller must not change the bytes.
     *
     * <p>Threads that call this method at the same moment may each encode the event. One of the equal results is kept,
     * which is cheaper than a lock on every read.
     */
    public byte[] wire() {
        Object now = form;
        if (now instanceof byte[] made) {
            return made;
        }
        byte[] made = encode((Event) now);
        form = made; // volatile: a thread that sees the array sees complete bytes
        return made;
    }

    private byte[] encode(Event event) {
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

    /**
     * How much the entry occupies on the heap, in bytes: an estimate that is rather too high than too low. See
     * {@link EntrySize}.
     */
    int heapBytes() {
        return heapBytes;
    }
}
