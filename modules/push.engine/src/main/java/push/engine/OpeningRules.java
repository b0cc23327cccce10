package push.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import push.engine.Notice.Gap;
import push.engine.SubscriptionRefused.Reason;
import push.engine.SubscriptionRequest.Start;

/**
 * Decides where a subscription starts, based on its request and one snapshot of the log.
 *
 * @param span the range of recent events in this snapshot
 * @param last the last sequence that this log has told anybody; at least the head of the snapshot
 */
record OpeningRules(SubscriptionRequest request, EventStore store, RecentEvents.Span span, long last) {

    Opening decide() throws SubscriptionRefused {
        if (request.start() == Start.EARLIEST) {
            return earliest();
        }
        if (request.cursor().isEmpty()) {
            return liveTail(Resume.FRESH);
        }
        Optional<Cursor> cursor = Cursor.parse(request.cursor());
        if (cursor.isEmpty()) {
            failIfAsked(Reason.MALFORMED_CURSOR, "it is not one that a hub gave");
            return liveTail(Resume.MALFORMED);
        }
        return cursor.get().epoch().equals(store.epoch()) ? resume(cursor.get().sequence()) : otherEpoch(cursor.get());
    }

    private Opening earliest() {
        long position = store.beforeOldest(span.oldest());
        return new Opening(Resume.FRESH, withOnlyInvalidationsUpTo(span.oldest() - 1, position), span.head(), null);
    }

    private Opening liveTail(Resume resume) {
        return new Opening(resume, ReaderState.at(span.head()), span.head(), null);
    }

    private Opening otherEpoch(Cursor former) throws SubscriptionRefused {
        failIfAsked(Reason.CURSOR_OUT_OF_RANGE, "it is of another life of the log");
        return withGap(Resume.OTHER_EPOCH, 0, Gap.Reason.EPOCH_CHANGED, former);
    }

    private Opening resume(long position) throws SubscriptionRefused {
        if (position > last) {
            failIfAsked(Reason.CURSOR_OUT_OF_RANGE, "it is past the end of the log");
            return liveTail(Resume.FUTURE);
        }
        if (position > span.head()) { // another hub gave the cursor, and this one has not come so far
            return new Opening(Resume.RESUMED, ReaderState.at(position), position, null);
        }
        long gone = Math.max(position, span.oldest() - 1);
        if (store.hasLost(position, gone, request.interest())) {
            failIfAsked(Reason.CURSOR_OUT_OF_RANGE, "events after it are no longer retained");
            boolean evicted = store.recent().evictedThrough() > position;
            return withGap(Resume.STALE, position, evicted ? Gap.Reason.EVICTED : Gap.Reason.EXPIRED, null);
        }
        return new Opening(Resume.RESUMED, withOnlyInvalidationsUpTo(gone, position), span.head(), null);
    }

    private Opening withGap(Resume resume, long position, Gap.Reason reason, @Nullable Cursor former) {
        long lost = request.onStale() == StalePolicy.OLDEST_RETAINED ? span.oldest() - 1 : span.head();
        long missed = store.clientEvents(position, lost, request.interest());
        return new Opening(
                resume, new ReaderState(position, position, lost, missed, reason, false), span.head(), former);
    }

    /** A position after which only invalidations follow, up to {@code sequence}, without a loss to report. */
    private static ReaderState withOnlyInvalidationsUpTo(long sequence, long position) {
        return new ReaderState(position, sequence, sequence, 0, Gap.Reason.SLOW_CONSUMER, false);
    }

    private void failIfAsked(Reason reason, String why) throws SubscriptionRefused {
        if (request.onStale() == StalePolicy.FAIL) {
            throw new SubscriptionRefused(
                    reason,
                    "cursor cannot be served, because " + why + "; it was \"" + LogText.of(request.cursor()) + "\"");
        }
    }
}
