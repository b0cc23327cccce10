package push.engine;

import push.engine.HubObserver.Kind;

/**
 * Traces events on their way into the log. The hub calls it on publishers' threads. Implementations must not wait and
 * must not throw.
 */
public interface EventTracer {

    /**
     * A publisher passes an event to the hub.
     *
     * @param traceparent the publisher's W3C trace context, in the form of the {@code traceparent} header; may be empty
     */
    Step publishing(Kind kind, String eventId, String traceparent);

    /**
     * The log is asked to store an event.
     *
     * @param traceparent the trace context of the publishing step
     */
    Step appending(String traceparent);

    /**
     * A step whose duration is measured until it is closed. For one thread at a time: the one that closes the step may
     * be a thread of the log.
     */
    interface Step extends AutoCloseable {

        /** Returns the W3C trace context for the consequences of this step; may be empty. */
        String traceparent();

        /** The log has stored the event, under this cursor. A step that is closed without this call stored nothing. */
        void taken(String cursor);

        @Override
        void close();
    }
}
