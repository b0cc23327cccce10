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
 * @param drainGrace how long a stream stays open behind a {@code GoAway} with {@code SHUTDOWN} or {@code DRAIN}, unless
 *     its gateway ends it earlier; zero or positive
 * @param node the hub's name in notices
 */
public record HubConfig(
        RetentionConfig retention,
        int subscriberBuffer,
        long subscriberInFlight,
        int subscriberMax,
        Duration heartbeat,
        Duration drainGrace,
        String node) {

    /** @throws IllegalArgumentException naming the component, its value and what is allowed */
    public HubConfig {
        Checks.range("subscriberBuffer", subscriberBuffer, 0, Integer.MAX_VALUE);
        Checks.range("subscriberInFlight", subscriberInFlight, 1, Long.MAX_VALUE);
        Checks.range("subscriberMax", subscriberMax, 1, Integer.MAX_VALUE);
        Checks.positive("heartbeat", heartbeat);
        Checks.notNegative("drainGrace", drainGrace);
    }

    /**
     * The defaults: no bound on lag but the log, 256 KiB in flight, 10,000 subscriptions, a heartbeat after 15 seconds,
     * 2 seconds behind {@code GoAway}, no name.
     */
    public static HubConfig defaults() {
        return new HubConfig(
                RetentionConfig.defaults(), 0, 256 << 10, 10_000, Duration.ofSeconds(15), Duration.ofSeconds(2), "");
    }

    /** The same with another retention. */
    public HubConfig with(RetentionConfig other) {
        return new HubConfig(other, subscriberBuffer, subscriberInFlight, subscriberMax, heartbeat, drainGrace, node);
    }

    /** The same with another time for gateways to end a stream behind {@code GoAway}. */
    public HubConfig withDrainGrace(Duration other) {
        return new HubConfig(retention, subscriberBuffer, subscriberInFlight, subscriberMax, heartbeat, other, node);
    }
}
