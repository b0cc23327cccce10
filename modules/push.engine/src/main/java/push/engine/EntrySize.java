package push.engine;

import push.api.ClientEvent;
import push.api.Event;
import push.api.SessionInvalidation;

/**
 * Computes how much an {@link Entry} occupies on the heap, in both of its forms. For one thread and one entry.
 *
 * <p>An entry first holds the event as it was published, and later its wire form. The larger of the two counts, so the
 * result is valid for the whole life of the entry.
 */
final class EntrySize {

    /** The entry itself, its time, the user's id, and its slot in a half-empty ring. */
    private static final int ENTRY = 72 + 24 + 32 + 8;

    private static final int UUID = 32;
    private static final int UUID_TEXT = 36;
    private static final int PAYLOAD = 16;
    private static final int CLIENT_EVENT = 48;
    private static final int SESSION_INVALIDATION = 40;
    private static final int INSTANT = 24;
    private static final int WIRE_INSTANT = 14;

    /** Prefix, cursor, time, the user's id, and the tags and lengths of all fields. */
    private static final int WIRE = 106;

    private long published;
    private long wire = WIRE;
    private long both = ENTRY;

    private EntrySize() {}

    /** Returns how much the entry of an event occupies, in bytes. */
    static int of(Event event) {
        EntrySize size = new EntrySize();
        size.add(event);
        long larger = Math.max(size.published, HeapSize.ofArray(size.wire));
        return (int) Math.min(size.both + larger, Integer.MAX_VALUE);
    }

    private void add(Event event) {
        switch (event) {
            case ClientEvent e -> {
                published +=
                        CLIENT_EVENT + PAYLOAD + HeapSize.ofArray(e.payload().size());
                wire += e.payload().size();
                kept(e.kind());
                text(e.requestId());
                text(e.traceId());
            }
            case SessionInvalidation e -> {
                published += SESSION_INVALIDATION + INSTANT;
                wire += WIRE_INSTANT;
                text(e.reason());
            }
        }
        text(event.eventId());
        kept(event.traceparent());
        if (event.session().isPresent()) {
            both += UUID;
            wire += UUID_TEXT;
        }
    }

    /** Adds a text that is first in the event, and then in the wire form. */
    private void text(String text) {
        int bits = HeapSize.bits(text);
        published += HeapSize.ofText(text, bits);
        wire += HeapSize.utf8(text, bits);
    }

    /** Adds a text that the entry keeps in addition to its wire form, and therefore holds twice from then on. */
    private void kept(String text) {
        int bits = HeapSize.bits(text);
        both += HeapSize.ofText(text, bits);
        wire += HeapSize.utf8(text, bits);
    }
}
