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

    /** What a hub knows of an event. */
    enum Known {
        /** Everything: the hub received the event from the log. */
        RECEIVED,
        /** An invalidation from before the first event that the hub received. */
        RESTORED,
        /** Nothing, except that the event is no invalidation that is still in force. */
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

    /** What is delivered of an event, as text. */
    String text() {
        return sequence + " " + kind;
    }
}
