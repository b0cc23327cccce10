package push.api;

/** How a publication ended. */
public sealed interface Outcome {

    /**
     * The log has stored the event.
     *
     * @param cursor the event's cursor
     */
    record Published(String cursor) implements Outcome {}

    /**
     * The log has not stored the event, and will not store it later.
     *
     * @param reason why
     */
    record NotPublished(Reason reason) implements Outcome {

        /** Why an event was not published. */
        public enum Reason {
            /** The hub is closed. */
            CLOSED,
            /** The log cannot be reached. The same publication may succeed later. */
            LOG_UNAVAILABLE,
            /** The invalidation names no user. */
            NO_USER
        }
    }

    /**
     * The log did not answer, so the event may be stored, now or later. Publishing it again with the same once-id is
     * safe.
     */
    record Unknown() implements Outcome {}
}
