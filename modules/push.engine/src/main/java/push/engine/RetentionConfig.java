package push.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import push.api.SessionInvalidation;

/**
 * What a hub keeps, to be replayed.
 *
 * @param freshnessWindow how long an event can be replayed; positive
 * @param ringCapacity how many events there is room for at first; 1 to 1,048,576
 * @param ringMaxBytes what the events may take on the heap; positive; beats window and capacity
 * @param invalidations how long the last invalidation of each user and session can be replayed; positive
 * @param maxInvalidations of how many users and sessions; positive; beats their retention
 * @param maxInvalidationBytes what the invalidations may take on the heap; positive; beats their retention and number
 */
public record RetentionConfig(
        Duration freshnessWindow,
        int ringCapacity,
        long ringMaxBytes,
        Duration invalidations,
        int maxInvalidations,
        long maxInvalidationBytes) {

    /** The largest initial capacity. */
    public static final int MAX_RING_CAPACITY = 1 << 20;

    private static final UUID ANY_USER = new UUID(0, 1);

    /** @throws IllegalArgumentException naming the component, its value and what is allowed */
    public RetentionConfig {
        Checks.positive("freshnessWindow", freshnessWindow);
        Checks.range("ringCapacity", ringCapacity, 1, MAX_RING_CAPACITY);
        Checks.range("ringMaxBytes", ringMaxBytes, 1, Long.MAX_VALUE);
        Checks.positive("invalidations", invalidations);
        Checks.range("maxInvalidations", maxInvalidations, 1, Integer.MAX_VALUE);
        Checks.range("maxInvalidationBytes", maxInvalidationBytes, 1, Long.MAX_VALUE);
    }

    /**
     * What an invalidation counts for in {@code maxInvalidationBytes}.
     *
     * @param sessionId the session; null for all sessions of a user
     */
    public static long invalidationBytes(@Nullable UUID sessionId, String reason, String eventId, String traceparent) {
        return InvalidationLane.bytesOf(EntrySize.of(
                new SessionInvalidation(ANY_USER, sessionId, reason, Instant.EPOCH, eventId, traceparent)));
    }

    /** The defaults: 5 minutes, 1,024 events, 64 MiB; 24 hours, 65,536 invalidations, 32 MiB. */
    public static RetentionConfig defaults() {
        return new RetentionConfig(Duration.ofMinutes(5), 1024, 64L << 20, Duration.ofHours(24), 1 << 16, 32L << 20);
    }
}
