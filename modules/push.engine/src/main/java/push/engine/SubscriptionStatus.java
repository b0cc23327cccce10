package push.engine;

import java.time.Instant;

/**
 * What an operator sees of a subscription.
 *
 * @param gatewayClientId the gateway's id
 * @param peer where it comes from
 * @param since when it was opened
 * @param cursor after the last event that it has taken, or passed over
 * @param lag how many events it has yet to take, or to pass over; what is lost to it does not count
 * @param delivered how many it has taken
 * @param dropped how many client events it has lost by lagging
 * @param state how it fares
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

    /** How a subscription fares. */
    public enum State {
        /** Takes events from before it was opened. */
        REPLAYING,
        /** Takes events as they come. */
        LIVE,
        /** Has lost events, and not caught up since. */
        DROPPING
    }
}
