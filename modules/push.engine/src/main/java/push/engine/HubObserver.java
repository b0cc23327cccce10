package push.engine;

/**
 * Told what happens in a hub, for metrics. Called by the thread that made it happen, which others may
 * be waiting for: must not wait, and must not throw.
 */
public interface HubObserver {

    /** An event was published; {@code nanos} is how long the log took to take it. */
    void appended(Kind kind, long nanos);

    /** A subscription lost client events because it lagged too far. */
    void dropped(String gatewayClientId, long events);

    /** A subscription was opened that has events to replay. */
    void replaying(long events);

    /** A stream has a gap, whether its reader is told or not. */
    void gap(Notice.Gap gap);

    /** Which kind of event. */
    enum Kind {
        /** Something to show. */
        CLIENT_EVENT,
        /** A session to cut off. */
        SESSION_INVALIDATION
    }

    /** Hears nothing. */
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
