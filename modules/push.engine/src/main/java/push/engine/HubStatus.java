package push.engine;

import java.time.Duration;

/**
 * The status of a hub, for operators.
 *
 * @param log the name of the log
 * @param logAge how long ago the log was known to be current: the hub had then received every event that was stored;
 *     zero for a log in memory
 * @param epoch the epoch, which identifies this life of the log
 * @param head the cursor of the last event
 * @param oldest the cursor of the oldest recent event, of either kind, that can be replayed; {@code head} if there is
 *     none
 * @param retainedEvents the number of recent events that can be replayed
 * @param retainedBytes how much the recent events occupy on the heap, in bytes
 * @param retainedInvalidations the number of users and sessions whose last invalidation is retained
 * @param subscribers the number of subscriptions
 */
public record HubStatus(
        String log,
        Duration logAge,
        String epoch,
        Cursor head,
        Cursor oldest,
        long retainedEvents,
        long retainedBytes,
        int retainedInvalidations,
        int subscribers) {}
