package push.engine;

import java.util.Optional;

/**
 * Where a new subscription starts.
 *
 * @param resume how its cursor was understood
 * @param position the sequence after which it reads
 */
record Opening(Resume resume, long position) {

    /** Decides by the cursor alone: the same arguments always give the same answer. */
    static Opening decide(String cursor, String epoch, RecentEvents.Span span) {
        if (cursor.isEmpty()) {
            return new Opening(Resume.FRESH, span.head());
        }
        Optional<Cursor> parsed = Cursor.parse(cursor);
        if (parsed.isEmpty()) {
            return new Opening(Resume.MALFORMED, span.head());
        }
        long sequence = parsed.get().sequence();
        if (!parsed.get().epoch().equals(epoch)) {
            return new Opening(Resume.OTHER_EPOCH, span.head());
        }
        if (sequence > span.head()) {
            return new Opening(Resume.FUTURE, span.head());
        }
        if (sequence < span.oldest() - 1) {
            return new Opening(Resume.STALE, span.head());
        }
        return new Opening(Resume.RESUMED, sequence);
    }

    /** Decides for a reader that wants everything retained. */
    static Opening earliest(RecentEvents.Span span) {
        return new Opening(Resume.FRESH, span.oldest() - 1);
    }
}
