package push.engine.spi;

import push.api.Event;

/**
 * Gives every event its place in the one order.
 *
 * <p>{@link #append} may be called by any number of threads, after {@link #start}.
 */
public interface EventLog extends AutoCloseable {

    /** The word for it in configuration and status, such as {@code memory}. */
    String kind();

    /**
     * The name of this life of the log: letters, digits and underscores only. Two lives that could give one
     * sequence to two events never share it.
     */
    String epoch();

    /**
     * From now on hands every event to {@code tail}, in order, one at a time. Called once.
     *
     * @param tail what keeps the recent events
     */
    void start(Tail tail);

    /**
     * Stores an event.
     *
     * @return its sequence, from 1 on, the next one for each event: once this returns the log has
     *     taken the event, and the tail has got it or will; 0 when the log is closed, and has not taken it
     */
    long append(Event event);

    /** Takes no more events; once this returns, the tail has got all that were taken. Idempotent. */
    @Override
    void close();
}
