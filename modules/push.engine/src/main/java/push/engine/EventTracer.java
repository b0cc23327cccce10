package push.engine;

import push.engine.HubObserver.Kind;

/**
 * Follows events on their way into the log, for distributed tracing. Called by the publishers' threads: must not wait,
 * and must not throw.
 */
public interface EventTracer {

    /**
     * A publisher hands over an event.
     *
     * @param traceparent the publisher's W3C trace context, in the form of the header of that name; may be empty
     */
    Step publishing(Kind kind, String eventId, String traceparent);

    /**
     * The log is asked to take an event.
     *
     * @param traceparent that of the publishing
     */
    Step appending(String traceparent);

    /** Something that takes its time, until it is closed. For one thread. */
    interface Step extends AutoCloseable {

        /** The W3C trace context of what this step causes; may be empty. */
        String traceparent();

        /** It is known where in the log the event is. Without it the log has not taken the event. */
        void taken(String cursor);

        @Override
        void close();
    }
}
