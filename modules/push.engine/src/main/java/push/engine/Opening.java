package push.engine;

import org.jspecify.annotations.Nullable;

/**
 * The start of a new subscription.
 *
 * @param resume how the hub understood the cursor
 * @param state the reader's position, with the gap to report to it, if any
 * @param liveFrom the head of the log at the opening; later events were published after it
 * @param former the request's cursor, if it is of another epoch
 */
record Opening(
        Resume resume,
        ReaderState state,
        long liveFrom,
        @Nullable Cursor former) {

    /**
     * Decides where a subscription starts, based on the current state of the log.
     *
     * @param last a sequence at or after every one that this log has told a publisher; the hub's own head may be behind
     * @throws SubscriptionRefused if the hub cannot resume from the cursor, and the request asks to fail in this case
     */
    static Opening decide(SubscriptionRequest request, EventStore store, long last) throws SubscriptionRefused {
        RecentEvents.Span span = store.recent().span();
        return new OpeningRules(request, store, span, Math.max(last, span.head())).decide();
    }

    /** As {@link #decide(SubscriptionRequest, EventStore, long)}, for a log whose end the hub has. */
    static Opening decide(SubscriptionRequest request, EventStore store) throws SubscriptionRefused {
        return decide(request, store, 0);
    }

    /** The start of a reader in a new life of the log: everything that is retained, after a gap. */
    static Opening afterEpochChange(Interest interest, EventStore store, Cursor former) {
        RecentEvents.Span span = store.recent().span();
        long lost = span.oldest() - 1;
        long missed = store.clientEvents(0, lost, interest);
        ReaderState state = new ReaderState(0, 0, lost, missed, Notice.Gap.Reason.EPOCH_CHANGED, false);
        return new Opening(Resume.OTHER_EPOCH, state, span.head(), former);
    }
}
