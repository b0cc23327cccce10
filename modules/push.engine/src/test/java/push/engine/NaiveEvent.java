package push.engine;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event of a {@link NaiveLog}. An event without a kind is an invalidation. */
record NaiveEvent(
        long sequence,
        long at,
        UUID user,
        @Nullable UUID session,
        @Nullable String kind,
        Known known) {

    /** How much a hub knows about an event. */
    enum Known {
        /** Everything: the hub received the event from the log. */
        RECEIVED,
        /** An invalidation from before the first event that the hub received. */
        RESTORED,
        /** Only that the event is not an invalidation that is still in force. */
        LOST,
        /** Nothing. */
        LOST_ENTIRELY
    }

    boolean isLost() {
        return known == Known.LOST || known == Known.LOST_ENTIRELY;
    }

    boolean isInvalidation() {
        return kind == null;
    }

    boolean isFor(Interest interest) {
        return isLost()
                || ((interest.users().isEmpty() || interest.users().contains(user))
                        && (interest.shardCount() == 0 || Shards.hash(user) % interest.shardCount() == interest.shard())
                        && (isInvalidation()
                                || interest.kinds().isEmpty()
                                || interest.kinds().contains(kind)));
    }

    /** The event as text, as it is compared with the delivered one. */
    String text() {
        return sequence + " " + kind;
    }
}
