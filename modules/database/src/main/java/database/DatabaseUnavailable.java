package database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.Set;

/**
 * The database is busy, or away: no connection was free in time, a row was locked for too long, or the connection
 * broke. The same work may succeed later.
 *
 * <p>Nothing was done, unless the connection broke during the commit: then nobody knows, and only work that may be
 * repeated should be.
 */
public final class DatabaseUnavailable extends DatabaseException {

    private static final long serialVersionUID = 1;

    /** SQL states and their classes: connection, resources, the operator's intervention; lock and deadlock. */
    private static final Set<String> CLASSES = Set.of("08", "53", "57");

    private static final Set<String> STATES = Set.of("40001", "40P01", "55P03", "HYT00", "90098");

    DatabaseUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    static boolean isMeantBy(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLTransientException
                || failure instanceof SQLNonTransientConnectionException
                || (state != null
                        && (STATES.contains(state)
                                || (state.length() == 5 && CLASSES.contains(state.substring(0, 2)))));
    }
}
