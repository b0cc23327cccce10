package push.engine;

import org.jspecify.annotations.Nullable;

/**
 * Where a new subscription starts.
 *
 * @param resume how its cursor was understood
 * @param place where it stands, with the gap that it has to be told of, if any
 * @param liveFrom the head of the log at that moment: what comes after it was published since
 * @param former its cursor, when that is of another life of the log
 */
record Opening(
        Resume resume, Place place, long liveFrom, @Nullable Cursor former) {

    /**
     * Decides as of this moment of the log.
     *
     * @throws SubscriptionRefused when the cursor can't be served, and the request is to fail then
     */
    static Opening decide(SubscriptionRequest request, EventStore store) throws SubscriptionRefused {
        return new OpeningRules(request, store, store.recent().span()).decide();
    }
}
