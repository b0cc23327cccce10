package push.engine;

import java.time.Duration;

/**
 * What a hub keeps, to be replayed.
 *
 * @param freshnessWindow how long an event can be replayed; positive
 * @param ringCapacity how many events there is room for at first; 1 to 1,048,576
 * @param ringMaxBytes what the events may take on the heap; positive; beats window and capacity
 * @param invalidations how long the last invalidation of each user and session can be replayed; positive
 * @param maxInvalidations of how many users and sessions; positive; beats their retention
 */
public record RetentionConfig(
        Duration freshnessWindow, int ringCapacity, long ringMaxBytes, Duration invalidations, int maxInvalidations) {

    /** The largest initial capacity. */
    public static final int MAX_RING_CAPACITY = 1 << 20;

    /** @throws IllegalArgumentException naming the component, its value and what is allowed */
    public RetentionConfig {
        Checks.positive("freshnessWindow", freshnessWindow);
        Checks.range("ringCapacity", ringCapacity, 1, MAX_RING_CAPACITY);
        Checks.range("ringMaxBytes", ringMaxBytes, 1, Long.MAX_VALUE);
        Checks.positive("invalidations", invalidations);
        Checks.range("maxInvalidations", maxInvalidations, 1, Integer.MAX_VALUE);
    }

    /** The defaults: 5 minutes, 1,024 events, 64 MiB; 24 hours, 65,536 invalidations. */
    public static RetentionConfig defaults() {
        return new RetentionConfig(Duration.ofMinutes(5), 1024, 64L << 20, Duration.ofHours(24), 1 << 16);
    }
}
