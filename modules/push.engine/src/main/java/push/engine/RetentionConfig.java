package push.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import push.api.SessionInvalidation;

/**
 * How much a hub retains for replay.
 *
 * @param freshnessWindow how long an event can be replayed; positive
 * @param ringCapacity the initial number of slots for events; 1 to 1,048,576
 * @param ringMaxBytes how much the events may occupy on the heap, in bytes; positive; takes precedence over
 *     {@code freshnessWindow} and {@code ringCapacity}
 * @param invalidations how long the last invalidation of each user and session can be replayed; positive
 * @param maxInvalidations the maximum number of users and sessions whose last invalidation is retained; positive; takes
 *     precedence over {@code invalidations}
 * @param maxInvalidationBytes how much the retained invalidations may occupy on the heap, in bytes; positive; takes
 *     precedence over {@code invalidations} and {@code maxInvalidations}
 */
public record RetentionConfig(
        Duration freshnessWindow,
        int ringCapacity,
        long ringMaxBytes,
        Duration invalidations,
        int maxInvalidations,
        long maxInvalidationBytes) {

    /** The largest value of {@code ringCapacity}. */
    public static final int MAX_RING_CAPACITY = 1 << 20;

    private static final UUID ANY_USER = new UUID(0, 1);

    /**
     * @throws IllegalArgumentException if a value is out of range; the message names the component, its value and the
     *     range
     */
    public RetentionConfig {
        Checks.positive("freshnessWindow", freshnessWindow);
        Checks.range("ringCapacity", ringCapacity, 1, MAX_RING_CAPACITY);
        Checks.range("ringMaxBytes", ringMaxBytes, 1, Long.MAX_VALUE);
        Checks.positive("invalidations", invalidations);
        Checks.range("maxInvalidations", maxInvalidations, 1, Integer.MAX_VALUE);
        Checks.range("maxInvalidationBytes", maxInvalidationBytes, 1, Long.MAX_VALUE);
    }

    /**
     * Returns how many bytes an invalidation counts towards {@code maxInvalidationBytes}.
     *
     * @param sessionId the session; null for all sessions of a user
     */
    public static long invalidationBytes(@Nullable UUID sessionId, String reason, String eventId, String traceparent) {
        return InvalidationLane.bytesOf(EntrySize.of(
                new SessionInvalidation(ANY_USER, sessionId, reason, Instant.EPOCH, eventId, traceparent)));
    }

    /**
     * Returns the defaults: events for 5 minutes, 1,024 slots, 64 MiB; invalidations for 24 hours, 65,536 of them, 32
     * MiB.
     */
    public static RetentionConfig defaults() {
        return new RetentionConfig(Duration.ofMinutes(5), 1024, 64L << 20, Duration.ofHours(24), 1 << 16, 32L << 20);
    }
}
