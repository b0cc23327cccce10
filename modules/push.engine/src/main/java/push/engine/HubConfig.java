package push.engine;

import java.time.Duration;

/**
 * The configuration of a hub.
 *
 * @param retention which events are retained for replay
 * @param subscriberBuffer how many events a subscription may lag before it loses client events; 0 for as far as the log
 *     reaches
 * @param subscriberInFlight how much the events of one delivery batch of a subscription may occupy on the heap, in
 *     bytes; positive. A single event above this size is delivered alone
 * @param subscriberMax the maximum number of subscriptions; positive
 * @param heartbeat how long a stream with notices may be silent before a heartbeat is sent; positive. The silence of a
 *     waiting reader is checked four times a second
 * @param drainGrace how long a stream stays open after a {@code GoAway} with {@code SHUTDOWN} or {@code DRAIN}, unless
 *     the gateway ends it earlier; zero or positive
 * @param lostTimeout how long ago the log may have been current at most; positive. Beyond it the hub is not ready, sends
 *     no heartbeats, and has its gateways reconnect elsewhere
 * @param node the hub's name in notices
 */
public record HubConfig(
        RetentionConfig retention,
        int subscriberBuffer,
        long subscriberInFlight,
        int subscriberMax,
        Duration heartbeat,
        Duration drainGrace,
        Duration lostTimeout,
        String node) {

    /**
     * @throws IllegalArgumentException if a value is out of range; the message names the component, its value and the
     *     range
     */
    public HubConfig {
        Checks.range("subscriberBuffer", subscriberBuffer, 0, Integer.MAX_VALUE);
        Checks.range("subscriberInFlight", subscriberInFlight, 1, Long.MAX_VALUE);
        Checks.range("subscriberMax", subscriberMax, 1, Integer.MAX_VALUE);
        Checks.positive("heartbeat", heartbeat);
        Checks.notNegative("drainGrace", drainGrace);
        Checks.positive("lostTimeout", lostTimeout);
    }

    /**
     * Returns the defaults: lag limited only by the log, 256 KiB in flight, 10,000 subscriptions, a heartbeat after 15
     * seconds, 2 seconds of drain grace, a log that was current within 5 seconds, and no name.
     */
    public static HubConfig defaults() {
        return new HubConfig(
                RetentionConfig.defaults(),
                0,
                256 << 10,
                10_000,
                Duration.ofSeconds(15),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                "");
    }

    /** Returns a copy with another retention. */
    public HubConfig with(RetentionConfig other) {
        return new HubConfig(
                other, subscriberBuffer, subscriberInFlight, subscriberMax, heartbeat, drainGrace, lostTimeout, node);
    }

    /** Returns a copy with another drain grace. */
    public HubConfig withDrainGrace(Duration other) {
        return new HubConfig(
                retention, subscriberBuffer, subscriberInFlight, subscriberMax, heartbeat, other, lostTimeout, node);
    }
}
