package push.engine;

/**
 * Observes what happens in a hub, for metrics. The hub calls it on the thread on which the event happens, for which
 * other threads may be waiting. Implementations must not wait and must not throw.
 */
public interface HubObserver {

    /** An event was published; {@code nanos} is how long the log took to store it, in nanoseconds. */
    default void appended(Kind kind, long nanos) {}

    /** A subscription was opened, and did not replace an older one. */
    default void opened(Subscription subscription) {}

    /** A subscription was opened, and replaced {@code older}, which has the same gateway id and ends. */
    default void replaced(Subscription older, Subscription newer) {}

    /** A subscription has ended. Called once for each subscription, with the first cause. */
    default void ended(Subscription subscription, End cause) {}

    /** A subscription lost client events because it lagged too far; {@code events} is their number, and positive. */
    default void dropped(String gatewayClientId, long events) {}

    /** A subscription was opened that has events to replay; {@code events} is their number, and positive. */
    default void replaying(long events) {}

    /** A stream has a gap. Called even if the reader does not receive notices. */
    default void gap(Notice.Gap gap) {}

    /** The kind of an event. */
    enum Kind {
        /** An event to show on a user's devices. */
        CLIENT_EVENT,
        /** A session to end. */
        SESSION_INVALIDATION
    }

    /** Returns an observer that ignores everything. */
    static HubObserver none() {
        return new HubObserver() {};
    }
}
