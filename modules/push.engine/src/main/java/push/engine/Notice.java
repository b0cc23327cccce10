package push.engine;

import java.time.Duration;

/**
 * What a reader that asked for it is told about its own stream.
 *
 * <p>A notice's cursor, where it has one, is safe to resume from: nothing that this reader has yet to get
 * lies before it.
 */
public sealed interface Notice extends Delivery {

    @Override
    default byte[] wire(WireFormat format) {
        return format.notice(this); // told once, to one reader: not worth keeping
    }

    /**
     * The first delivery of every stream: how the request's cursor was understood.
     *
     * @param cursor where the stream starts
     * @param replayed how many events from before the subscription follow
     * @param node the hub's name
     */
    record Opened(Cursor cursor, Resume resume, long replayed, String node) implements Notice {}

    /** Nothing was delivered for a while; this is how far the stream has come. */
    record Heartbeat(Cursor cursor) implements Notice {}

    /**
     * Events that the stream leaves out. The invalidations that were kept from among them come next.
     *
     * @param cursor safe to resume from: before the kept invalidations that are still to come, which tells the
     *     rest of the gap again; {@code to} where there are none
     * @param from the reader's cursor before the gap
     * @param to the last event of the gap
     * @param missed how many client events that were for this reader are left out. An upper bound beyond the last
     *     258,048 events for one with an interest, and the last 262,144 invalidations for all others; for
     *     {@link Gap.Reason#EPOCH_CHANGED} those of the present epoch only, as nobody knows those of the former
     * @param invalidationsMissed whether an invalidation that is in force may be among them
     */
    record Gap(Cursor cursor, Cursor from, Cursor to, long missed, Gap.Reason reason, boolean invalidationsMissed)
            implements Notice {

        /** Why events are left out. */
        public enum Reason {
            /** The budget in bytes had no room for them. */
            EVICTED,
            /** They were older than the freshness window. */
            EXPIRED,
            /** The reader lagged too far. */
            SLOW_CONSUMER,
            /** The cursor is of another life of the log. */
            EPOCH_CHANGED
        }
    }

    /**
     * The stream is about to end. It has no cursor: the last one that was delivered counts.
     *
     * @param retryAfter how long to wait before coming back; zero where it does not matter
     */
    record GoAway(GoAway.Reason reason, Duration retryAfter) implements Notice {

        /** Why the stream ends. */
        public enum Reason {
            /** The hub closes. */
            SHUTDOWN,
            /** The hub stays, and wants this stream to be opened anew. */
            DRAIN,
            /** A newer subscription of the same id took its place. */
            REPLACED
        }
    }
}
