package push.engine.spi;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Stores an event in a publisher's own transaction on the database that the log is in. Both are committed, or neither
 * is. Safe for any number of threads.
 */
public interface JoinsTransactions {

    /**
     * Returns true if the log is in the database of this connection, so that {@link #append} can be used. Asks the
     * database, so it may wait; the answer holds for every connection to the same database.
     *
     * @throws SQLException if the database does not answer
     */
    boolean joins(Connection connection) throws SQLException;

    /**
     * Adds an event to the caller's transaction. Once that is committed, the log stores the event before every event
     * whose append begins afterwards, at any hub. Two events of one {@linkplain LogEvent#orderKey order key} keep their
     * order if the caller holds a lock for the key until the end of its transaction.
     *
     * @param connection a connection with a transaction that has begun; {@link #joins} is true for it
     * @param event the event, which has a {@linkplain LogEvent#onceId once-id}
     * @throws SQLException if the database refuses the event; the transaction can then only be rolled back
     */
    void append(Connection connection, LogEvent event) throws SQLException;

    /**
     * Has the log store the events of committed transactions now, rather than with the next append or within a second.
     * Returns at once. Call this after the commit.
     */
    void committed();
}
