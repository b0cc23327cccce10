package database;

import java.sql.BatchUpdateException;
import java.sql.SQLException;

/**
 * A request to the database failed. Unless this is a {@link DatabaseUnavailable}, none of it was done, and it would
 * fail again.
 */
public class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DatabaseException(String message) {
        super(message);
    }

    DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The failure as an exception for callers of this module. */
    static DatabaseException of(SQLException failure) {
        String message = firstLine(failure);
        return DatabaseUnavailable.matches(failure)
                ? new DatabaseUnavailable(message, failure)
                : new DatabaseException(message, failure);
    }

    /**
     * The reason, in one line. The message of a batch begins with its values, which belong to callers, so it is left
     * out.
     */
    static String firstLine(SQLException failure) {
        if (failure instanceof BatchUpdateException) {
            return failure.getNextException() == null ? "a batch failed" : firstLine(failure.getNextException());
        }
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
