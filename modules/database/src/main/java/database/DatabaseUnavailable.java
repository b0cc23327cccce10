package database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.h2.mvstore.MVStoreException;

/**
 * The database is busy or down: no connection was free in time, a row was locked for too long, or the connection broke.
 * The same work may succeed later.
 *
 * <p>Nothing was done, with one exception: if the connection broke during the commit, the outcome is unknown. Then
 * repeat only work that is safe to repeat.
 */
public final class DatabaseUnavailable extends DatabaseException {

    private static final long serialVersionUID = 1;

    /**
     * The SQL state classes of this exception (connection, resources, operator intervention) and, below, its single
     * states (conflict, deadlock, lock timeout, a database that is closed or read-only, I/O error).
     */
    private static final Set<String> CLASSES = Set.of("08", "53", "57");

    private static final Set<String> STATES = Set.of("40001", "40P01", "55P03", "HYT00", "90098", "25006", "58030");

    /** The SQL state of PostgreSQL on a standby. */
    private static final String READ_ONLY = "25006";

    /**
     * The SQL states after which an H2 database must be reopened: it could not read or write its file, found it
     * damaged, or closed itself; and the state of a failed sync.
     */
    private static final Set<String> REOPEN_STATES = Set.of("90028", "90030", "90031", "90098", "90121", "58030");

    /** The classes and states that mean load or a conflict. All others mean that the database is down. */
    private static final Set<String> BUSY_CLASSES = Set.of("40", "53");

    private static final Set<String> BUSY_STATES = Set.of("55P03", "57014", "HYT00");

    /** A conflict, a deadlock, a locked row, or a statement that took too long. */
    private static final Set<String> STATEMENT_STATES = Set.of("40001", "40P01", "55P03", "57014", "HYT00");

    private final boolean down;

    private DatabaseUnavailable(String message, boolean down) {
        super(message);
        this.down = down;
    }

    DatabaseUnavailable(String message, SQLException failure) {
        super(message, failure);
        this.down = meansDown(failure);
    }

    /** The database works, but not fast enough. */
    static DatabaseUnavailable busy(String message) {
        return new DatabaseUnavailable(message, false);
    }

    /** The database cannot be used for now. */
    static DatabaseUnavailable down(String message) {
        return new DatabaseUnavailable(message, true);
    }

    /** Whether the database is down: it cannot be reached, accepts no changes, or has failed. Otherwise it is busy. */
    public boolean isDown() {
        return down;
    }

    /**
     * Whether a single statement was the cause, for example by waiting for a locked row. Other work may succeed at
     * once.
     */
    boolean isCausedByStatement() {
        return getCause() instanceof SQLException failure
                && STATEMENT_STATES.contains(String.valueOf(failure.getSQLState()));
    }

    private static boolean meansDown(SQLException failure) {
        if (failure instanceof SQLTransientConnectionException) { // from the pool, which had no connection in time
            // The cause is the last failure to connect. Without a cause, all connections were in use.
            return failure.getCause() instanceof SQLException cause && meansDown(cause);
        }
        String state = String.valueOf(failure.getSQLState());
        return !(failure instanceof SQLTransientException)
                && !BUSY_STATES.contains(state)
                && !(state.length() == 5 && BUSY_CLASSES.contains(state.substring(0, 2)));
    }

    static boolean matches(SQLException failure) {
        String state = failure.getSQLState();
        return isFileError(failure)
                || failure instanceof SQLTransientException
                || failure instanceof SQLNonTransientConnectionException
                || (state != null
                        && (STATES.contains(state)
                                || (state.length() == 5 && CLASSES.contains(state.substring(0, 2)))));
    }

    /** Whether the server accepts no changes for now. */
    static boolean isReadOnly(SQLException failure) {
        return READ_ONLY.equals(failure.getSQLState());
    }

    /** Whether an H2 database must be reopened before it can be used. */
    static boolean requiresReopen(SQLException failure) {
        return isFileError(failure) || REOPEN_STATES.contains(String.valueOf(failure.getSQLState()));
    }

    /** Whether H2 could not read or write its file. H2 reports that as a general error. */
    private static boolean isFileError(SQLException failure) {
        return failure.getCause() instanceof MVStoreException;
    }
}
