package push.engine;

import java.time.Instant;

/**
 * The status of a subscription, for operators.
 *
 * @param gatewayClientId the gateway's id
 * @param peer the gateway's address
 * @param since when the subscription was opened
 * @param cursor the cursor of the last event that was taken or skipped
 * @param lag the number of events still to be taken or skipped, without those that are lost
 * @param delivered the number of events taken
 * @param dropped the number of client events lost because the subscription lagged
 * @param state whether the subscription replays, is live or loses events
 */
public record SubscriptionStatus(
        String gatewayClientId,
        String peer,
        Instant since,
        Cursor cursor,
        long lag,
        long delivered,
        long dropped,
        State state) {

    /** The state of a subscription. */
    public enum State {
        /** The subscription delivers events from before it was opened. */
        REPLAYING,
        /** The subscription delivers events as they are published. */
        LIVE,
        /** The subscription has lost events, and has not caught up since. */
        DROPPING
    }
}
