package database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.h2.mvstore.MVStoreException;

/**
 * The database is busy, or away: no connection was free in time, a row was locked for too long, or the connection
 * broke. The same work may succeed later.
 *
 * <p>Nothing was done, unless the connection broke during the commit: then the outcome is unknown, and only work that may
 * be repeated should be.
 */
public final class DatabaseUnavailable extends DatabaseException {

    private static final long serialVersionUID = 1;

    /** SQL states and their classes: connection, resources, the operator's intervention; lock and deadlock. */
    private static final Set<String> CLASSES = Set.of("08", "53", "57");

    private static final Set<String> STATES = Set.of("40001", "40P01", "55P03", "HYT00", "90098", "25006", "58030");

    /** PostgreSQL's, of a server that is or has become a standby. */
    private static final String READ_ONLY = "25006";

    /** H2's: it could not read or write its file, found it damaged, or has closed itself; and what a sync fails with. */
    private static final Set<String> ENDS = Set.of("90028", "90030", "90031", "90098", "90121", "58030");

    /** Classes and states of those above that tell of load or of a conflict; all others tell of a database that is away. */
    private static final Set<String> BUSY_CLASSES = Set.of("40", "53");

    private static final Set<String> BUSY_STATES = Set.of("55P03", "57014", "HYT00");

    /** A conflict, a deadlock, a locked row, a statement that took too long. */
    private static final Set<String> STATEMENT_STATES = Set.of("40001", "40P01", "55P03", "57014", "HYT00");

    private final boolean away;

    private DatabaseUnavailable(String message, boolean away) {
        super(message);
        this.away = away;
    }

    DatabaseUnavailable(String message, SQLException failure) {
        super(message, failure);
        this.away = tellsOfAbsence(failure);
    }

    /** It works, but not fast enough. */
    static DatabaseUnavailable busy(String message) {
        return new DatabaseUnavailable(message, false);
    }

    /** It cannot be used for now. */
    static DatabaseUnavailable away(String message) {
        return new DatabaseUnavailable(message, true);
    }

    /** Whether the database is away: it cannot be reached, takes no changes, or has failed. Otherwise it is busy. */
    public boolean isAway() {
        return away;
    }

    /** Whether a statement was the cause, by waiting for a row that was locked: other work may succeed at once. */
    boolean isOfAStatement() {
        return getCause() instanceof SQLException failure
                && STATEMENT_STATES.contains(String.valueOf(failure.getSQLState()));
    }

    private static boolean tellsOfAbsence(SQLException failure) {
        if (failure instanceof SQLTransientConnectionException) { // of the pool, which had no connection in time
            // The cause is the last failure to connect. Without one, all connections were in use.
            return failure.getCause() instanceof SQLException cause && tellsOfAbsence(cause);
        }
        String state = String.valueOf(failure.getSQLState());
        return !(failure instanceof SQLTransientException)
                && !BUSY_STATES.contains(state)
                && !(state.length() == 5 && BUSY_CLASSES.contains(state.substring(0, 2)));
    }

    static boolean isMeantBy(SQLException failure) {
        String state = failure.getSQLState();
        return isOfTheFile(failure)
                || failure instanceof SQLTransientException
                || failure instanceof SQLNonTransientConnectionException
                || (state != null
                        && (STATES.contains(state)
                                || (state.length() == 5 && CLASSES.contains(state.substring(0, 2)))));
    }

    /** Whether the server takes no changes for now. */
    static boolean isReadOnly(SQLException failure) {
        return READ_ONLY.equals(failure.getSQLState());
    }

    /** Whether an H2 database must be opened again before it can be used. */
    static boolean isTheEnd(SQLException failure) {
        return isOfTheFile(failure) || ENDS.contains(String.valueOf(failure.getSQLState()));
    }

    /** Whether H2 could not read or write its file: it says so as of a general error. */
    private static boolean isOfTheFile(SQLException failure) {
        return failure.getCause() instanceof MVStoreException;
    }
}
