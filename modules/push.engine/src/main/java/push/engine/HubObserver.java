package push.engine;

/**
 * Observes what happens in a hub, for metrics. The hub calls it on the thread on which the event happens, for which
 * other threads may be waiting. Implementations must not wait and must not throw.
 */
public interface HubObserver {

    /** An event was published; {@code nanos} is how long the log took to store it, in nanoseconds. */
    void appended(Kind kind, long nanos);

    /** A subscription lost client events because it lagged too far; {@code events} is their number, and positive. */
    void dropped(String gatewayClientId, long events);

    /** A subscription was opened that has events to replay; {@code events} is their number, and positive. */
    void replaying(long events);

    /** A stream has a gap. Called even if the reader does not receive notices. */
    void gap(Notice.Gap gap);

    /** The kind of an event. */
    enum Kind {
        /** An event to show on a user's devices. */
        CLIENT_EVENT,
        /** A session to end. */
        SESSION_INVALIDATION
    }

    /** Returns an observer that ignores everything. */
    static HubObserver none() {
        return new HubObserver() {
            @Override
            public void appended(Kind kind, long nanos) {}

            @Override
            public void dropped(String gatewayClientId, long events) {}

            @Override
            public void replaying(long events) {}

            @Override
            public void gap(Notice.Gap gap) {}
        };
    }
}
