package push.engine;

/**
 * What an operator sees of the hub.
 *
 * @param log the kind of log
 * @param epoch this life of the log
 * @param head the cursor of the last event
 * @param oldest the cursor of the oldest event that can be replayed; the head when there is none
 * @param retainedEvents how many events can be replayed
 * @param retainedBytes what they take on the heap
 * @param retainedInvalidations for how many users and sessions the last invalidation can be replayed
 * @param subscribers how many subscriptions there are
 */
public record HubStatus(
        String log,
        String epoch,
        Cursor head,
        Cursor oldest,
        long retainedEvents,
        long retainedBytes,
        int retainedInvalidations,
        int subscribers) {}
