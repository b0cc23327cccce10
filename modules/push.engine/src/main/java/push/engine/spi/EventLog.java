package push.engine.spi;

import push.api.Event;

/**
 * A log that gives every event its position in one total order.
 *
 * <p>Any number of threads may call {@link #append}, after {@link #start}.
 */
public interface EventLog extends AutoCloseable {

    /** Returns the kind of log, as configuration and status name it, for example {@code memory}. */
    String kind();

    /**
     * Returns the epoch, which identifies this lifetime of the log. It consists of letters, digits and underscores
     * only. Two lifetimes that could assign one sequence to two events must not share an epoch.
     */
    String epoch();

    /**
     * Starts the log: from now on it passes every event to {@code tail}, in order, one at a time. Called once.
     *
     * @param tail the receiver, which keeps the recent events
     */
    void start(Tail tail);

    /**
     * Stores an event.
     *
     * @return the event's sequence, which starts at 1 and increases by one with each event; 0 if the log is closed and
     *     has not stored the event. A positive result means that the log has stored the event, and that the tail has
     *     received the event or will receive it
     */
    long append(Event event);

    /**
     * Stops accepting events. When this method returns, the tail has received all events that were stored. Idempotent.
     */
    @Override
    void close();
}
