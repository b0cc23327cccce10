package push.engine.spi;

/** How an append ended. */
public sealed interface Appended {

    /**
     * The log has stored the event, and the tail has received it or will receive it.
     *
     * @param epoch the life of the log: see {@link Tail#begin}
     * @param sequence the event's position in this life, at least 1
     */
    record Position(String epoch, long sequence) implements Appended {}

    /**
     * The log has not stored the event, and will not store it later.
     *
     * @param reason the reason
     */
    record NotStored(Reason reason) implements Appended {

        /** Why an event was not stored. */
        public enum Reason {
            /** The log is closed. */
            CLOSED,
            /** The log cannot be reached, or has too many appends under way. The same append may succeed later. */
            AWAY
        }
    }

    /**
     * The log did not answer, so the event may be stored, now or later. Appending the event again with the same
     * {@linkplain LogEvent#onceId once-id} is safe.
     */
    record Unknown() implements Appended {}
}
