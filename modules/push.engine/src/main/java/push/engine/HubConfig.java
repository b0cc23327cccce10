package push.engine;

import java.time.Duration;

/**
 * What can be set on a hub.
 *
 * @param retention what can be replayed
 * @param subscriberBuffer how many events a subscription may lag before it loses some; 0 for as far
 *     as the log reaches
 * @param subscriberInFlight what the events that a subscription gives out at once may weigh on the heap, in bytes;
 *     positive. One that is heavier by itself is given out alone
 * @param subscriberMax how many subscriptions there may be; positive
 * @param heartbeat after how long a silence a reader that wants notices hears how far it has come; positive; one
 *     that waits is looked at four times a second
 * @param node the hub's name in notices
 */
public record HubConfig(
        RetentionConfig retention,
        int subscriberBuffer,
        long subscriberInFlight,
        int subscriberMax,
        Duration heartbeat,
        String node) {

    /** @throws IllegalArgumentException naming the component, its value and what is allowed */
    public HubConfig {
        Checks.range("subscriberBuffer", subscriberBuffer, 0, Integer.MAX_VALUE);
        Checks.range("subscriberInFlight", subscriberInFlight, 1, Long.MAX_VALUE);
        Checks.range("subscriberMax", subscriberMax, 1, Integer.MAX_VALUE);
        Checks.positive("heartbeat", heartbeat);
    }

    /** The defaults: no bound on lag but the log, 256 KiB in flight, 10,000 subscriptions, 15 seconds, no name. */
    public static HubConfig defaults() {
        return new HubConfig(RetentionConfig.defaults(), 0, 256 << 10, 10_000, Duration.ofSeconds(15), "");
    }

    /** The same with another retention. */
    public HubConfig with(RetentionConfig other) {
        return new HubConfig(other, subscriberBuffer, subscriberInFlight, subscriberMax, heartbeat, node);
    }
}
