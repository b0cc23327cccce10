package push.engine;

import org.jspecify.annotations.Nullable;

/**
 * The start of a new subscription.
 *
 * @param resume how the hub understood the cursor
 * @param place the reader's position, with the gap to report to it, if any
 * @param liveFrom the head of the log at the opening; later events were published after it
 * @param former the request's cursor, if it is of another epoch
 */
record Opening(
        Resume resume, Place place, long liveFrom, @Nullable Cursor former) {

    /**
     * Decides where a subscription starts, based on the current state of the log.
     *
     * @throws SubscriptionRefused if the hub cannot resume from the cursor, and the request asks to fail in this case
     */
    static Opening decide(SubscriptionRequest request, EventStore store) throws SubscriptionRefused {
        return new OpeningRules(request, store, store.recent().span()).decide();
    }
}
