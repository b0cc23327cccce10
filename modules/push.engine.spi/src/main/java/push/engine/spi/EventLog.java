package push.engine.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A log that gives every event its position in one total order.
 *
 * <p>Any number of threads may call {@link #append} and {@link #last} at the same time, once {@link #start} has
 * returned. The hub learns of events, its own included, only through the {@link Tail}: an append that succeeds and an
 * event that the tail receives are two separate things, in either order.
 */
public interface EventLog {

    /** Returns the name of the log, as configuration and status have it, for example {@code memory}. */
    String name();

    /**
     * Returns true if the events outlive this process. If not, the publishers of invalidations must publish them again
     * after a restart.
     */
    boolean outlivesTheProcess();

    /**
     * Starts the log. Called once. The log connects now or later, calls {@link Tail#begin}, and from then on passes
     * every event to {@code tail}, in order.
     *
     * @param tail the receiver, which keeps the recent events
     */
    void start(Tail tail);

    /**
     * Appends an event.
     *
     * <p>Two appends for one {@linkplain LogEvent#orderKey order key}, the second of which begins after the first call
     * has returned, are stored in this order, unless the first one fails.
     *
     * <p>If {@link LogEvent#onceId} is present, the log stores at most one event for this id, for at least the
     * retention of client events: a further append succeeds with the position of the first.
     *
     * @return a stage that ends within a time that the log limits. The outcome is {@link Appended.Position},
     *     {@link Appended.NotStored} or {@link Appended.Unknown}. A stage that ends with an exception counts as unknown
     */
    CompletionStage<Appended> append(LogEvent event);

    /**
     * Asks for a position at or after every position that any publisher was told of so far, at any hub of this log. A
     * cursor beyond it was given by a log that has lost its end.
     *
     * @return a stage that ends with the position, or with an exception if the log does not answer
     */
    CompletionStage<Appended.Position> last();

    /**
     * Returns how long ago the log was last known to be current: the tail had then received every event that was
     * stored. Zero for a log that belongs to this process. Does not wait; called for every heartbeat.
     */
    Duration age();

    /**
     * Claims the task to publish again every invalidation that is in force. There is such a task after a life was born
     * empty, until a hub of this log has called {@link #endRepublication}. Only one hub has the task at a time; it
     * keeps the task by claiming it again, at least every ten seconds.
     *
     * @return true if this hub has the task now; false also if the log does not answer
     */
    boolean claimRepublication();

    /** Ends the task that {@link #claimRepublication} has claimed: every invalidation was published again. */
    void endRepublication();

    /** Returns the other hubs of this log; empty if a log of this kind belongs to one hub. */
    default Optional<Neighbours> neighbours() {
        return Optional.empty();
    }

    /**
     * Returns how an event joins a publisher's transaction on a database; empty if this log has no database.
     */
    default Optional<JoinsTransactions> joinsTransactions() {
        return Optional.empty();
    }

    /**
     * Stops accepting events, and waits until all appends have ended and the tail has received every event that this
     * hub has stored. Idempotent. If the time is up first, open appends end with an outcome of
     * {@link Appended.Unknown}.
     *
     * @param atMost how long to wait; zero or less for no wait
     * @return true if nothing is left open
     */
    boolean close(Duration atMost);
}
