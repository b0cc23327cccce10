package push.engine;

import java.time.Duration;

/**
 * Information about the stream itself, for a reader that asked for notices.
 *
 * <p>A notice's cursor, if it has one, is safe to resume from: no event that this reader has still to receive lies
 * before it.
 */
public sealed interface Notice extends Delivery {

    /**
     * The first delivery of every stream with notices: how the hub understood the cursor of the request.
     *
     * @param cursor where the stream starts
     * @param replayed the number of events from before the subscription that follow
     * @param node the hub's name
     */
    record Opened(Cursor cursor, Resume resume, long replayed, String node) implements Notice {}

    /** Sent when nothing was delivered for a while; the cursor is the position that the stream has reached. */
    record Heartbeat(Cursor cursor) implements Notice {}

    /**
     * A range of events whose client events the stream omits. The retained invalidations of the range follow.
     *
     * @param cursor the cursor to resume from: {@code to} if no retained invalidations follow; otherwise a cursor
     *     before them, from which the rest of the gap is reported again
     * @param from the reader's cursor before the gap
     * @param to the cursor of the last event of the gap
     * @param missed the number of omitted client events that match this reader's interest. It is an upper bound if the
     *     gap reaches beyond the last 262,144 invalidations or, for a reader with an interest, beyond the last 258,048
     *     events. For {@link Gap.Reason#EPOCH_CHANGED} it counts only events of the present epoch, because those of the
     *     former epoch are unknown
     * @param invalidationsMissed true if an invalidation that is still in force may be missing
     */
    record Gap(Cursor cursor, Cursor from, Cursor to, long missed, Gap.Reason reason, boolean invalidationsMissed)
            implements Notice {

        /** Why events are omitted. */
        public enum Reason {
            /** They were evicted because the limit in bytes was reached. */
            EVICTED,
            /** They were older than the freshness window. */
            EXPIRED,
            /** The reader lagged too far. */
            SLOW_CONSUMER,
            /** The cursor is of another epoch. */
            EPOCH_CHANGED
        }
    }

    /**
     * The stream is about to end. This notice has no cursor: the last cursor that was delivered counts.
     *
     * @param retryAfter how long to wait before reconnecting; zero if the wait does not matter
     */
    record GoAway(GoAway.Reason reason, Duration retryAfter) implements Notice {

        /** Why the stream ends. */
        public enum Reason {
            /** The hub is closing. */
            SHUTDOWN,
            /** The hub continues, and the reader must open the stream again. */
            DRAIN,
            /** A newer subscription with the same id replaced this one. */
            REPLACED
        }
    }
}
