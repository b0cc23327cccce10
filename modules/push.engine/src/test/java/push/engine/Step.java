package push.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step of a {@link HubProgram}. Gateways, users and sessions are numbers. */
sealed interface Step {

    /** The cursor with which a gateway subscribes. */
    enum Cursors {
        NONE,
        LAST_SEEN,
        OLDER,
        FUTURE,
        MALFORMED
    }

    record Publish(int user, String kind) implements Step {}

    /** The user's session is revoked, or all of the user's sessions if the session is 0. */
    record Invalidate(int user, int session) implements Step {}

    /**
     * A gateway subscribes.
     *
     * @param cursorAge the distance of an older or future cursor from the head, in events
     */
    record Subscribe(
            int gateway, Cursors cursor, int cursorAge, boolean earliest, StalePolicy onStale, Interest interest)
            implements Step {}

    /** A reader takes the available deliveries, at most {@code batch}. */
    record Read(int gateway, int batch) implements Step {}

    /**
     * A reader parks while other steps run, and its courier delivers the events that they cause.
     *
     * @param batch the maximum number of deliveries that are taken at once
     * @param handsBackAt the number of the call of the courier at which it hands back, from 1; 0 for none
     * @param interrupted true if the reader is interrupted at the end
     */
    record Park(int gateway, int batch, int handsBackAt, boolean interrupted, List<Step> meanwhile) implements Step {}

    record Disconnect(int gateway) implements Step {}

    record Pause(int seconds) implements Step {}

    record Maintain() implements Step {}

    /** The process ends, and another one starts with a log whose first event follows {@code base}. */
    record Restart(int base) implements Step {}

    /** Another hub has published an event some time ago. The event is an invalidation if it has no kind. */
    record PublishElsewhere(int user, @Nullable String kind, int secondsAgo) implements Step {}

    /**
     * The log does not answer, and the publisher tries again.
     *
     * @param stored true if the log has stored the event, so that only its response is lost
     */
    record Retry(int user, boolean stored) implements Step {}

    /** The log loses events before the hub reads them. */
    record Lose(int events, boolean invalidations) implements Step {}

    /** The log begins a new life, with a retained invalidation of each of these sessions. */
    record NewLife(int base, boolean bornEmpty, List<Integer> sessions) implements Step {}

    /** Another hub acknowledges this many events to its publishers, and this hub has not read them. */
    record FallBehind(int events) implements Step {}

    record Away(boolean away) implements Step {}
}
