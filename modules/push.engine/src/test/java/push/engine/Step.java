package push.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that happens in a {@link HubProgram}. Gateways, users and sessions are numbers. */
sealed interface Step {

    /** Which cursor a gateway comes with. */
    enum Cursors {
        NONE,
        LAST_SEEN,
        OLDER,
        FUTURE,
        MALFORMED
    }

    record Publish(int user, String kind) implements Step {}

    /** The user's session is revoked; all of the user's sessions with the session 0. */
    record Invalidate(int user, int session) implements Step {}

    /**
     * A gateway subscribes.
     *
     * @param cursorAge the number of events before or after the head, for a cursor that is older or of the future
     */
    record Subscribe(
            int gateway, Cursors cursor, int cursorAge, boolean earliest, StalePolicy onStale, Interest interest)
            implements Step {}

    /** The reader takes what there is: {@code batch} events at most. */
    record Read(int gateway, int batch) implements Step {}

    /**
     * A reader waits while other steps happen, and a courier brings it what they cause.
     *
     * @param batch the maximum number of events of a delivery
     * @param handsBackAt which delivery the courier leaves to the reader, from 1; 0 for none
     * @param interrupted true if the reader is interrupted at the end
     */
    record Lend(int gateway, int batch, int handsBackAt, boolean interrupted, List<Step> meanwhile) implements Step {}

    record Disconnect(int gateway) implements Step {}

    record Wait(int seconds) implements Step {}

    record Maintain() implements Step {}

    /** The process ends, and another begins with a log that begins after {@code base}. */
    record Restart(int base) implements Step {}

    /** Another hub has published an event some time ago; an invalidation if the event has no kind. */
    record Elsewhere(int user, @Nullable String kind, int secondsAgo) implements Step {}

    /**
     * The log does not answer, and the publisher tries again.
     *
     * @param stored true if the log has stored the event, so that only its answer is lost
     */
    record Retry(int user, boolean stored) implements Step {}

    /** The log loses events before the hub reads them. */
    record Lose(int events, boolean invalidations) implements Step {}

    /** The log begins anew, with a kept invalidation of each of these sessions. */
    record NewLife(int base, boolean bornEmpty, List<Integer> sessions) implements Step {}

    /** Another hub has told its publishers of this many events that this hub has not read. */
    record FallBehind(int events) implements Step {}

    record Away(boolean away) implements Step {}
}
