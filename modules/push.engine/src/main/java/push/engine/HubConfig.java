package push.engine;

import java.time.Duration;

/**
 * What can be set on a hub.
 *
 * @param freshnessWindow how long an event can be replayed; positive
 * @param ringCapacity how many events there is room for at first; 1 to 1,048,576
 * @param ringMaxBytes what the events may take on the heap; positive; beats window and capacity
 * @param subscriberBuffer how many events a subscription may lag before it loses some; 0 for as far
 *     as the log reaches
 * @param subscriberMax how many subscriptions there may be; positive
 */
public record HubConfig(
        Duration freshnessWindow, int ringCapacity, long ringMaxBytes, int subscriberBuffer, int subscriberMax) {

    /** The largest initial capacity. */
    public static final int MAX_RING_CAPACITY = 1 << 20;

    /** @throws IllegalArgumentException naming the component, its value and what is allowed */
    public HubConfig {
        if (!freshnessWindow.isPositive()) {
            throw new IllegalArgumentException("freshnessWindow must be positive, and was " + freshnessWindow);
        }
        require("ringCapacity", ringCapacity, 1, MAX_RING_CAPACITY);
        require("ringMaxBytes", ringMaxBytes, 1, Long.MAX_VALUE);
        require("subscriberBuffer", subscriberBuffer, 0, Integer.MAX_VALUE);
        require("subscriberMax", subscriberMax, 1, Integer.MAX_VALUE);
    }

    private static void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", and was " + value);
        }
    }

    /** The defaults: 5 minutes, 1,024 events, 64 MiB, no bound on lag but the log, 10,000 subscriptions. */
    public static HubConfig defaults() {
        return new HubConfig(Duration.ofMinutes(5), 1024, 64L << 20, 0, 10_000);
    }
}
