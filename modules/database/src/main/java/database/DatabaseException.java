package database;

import java.sql.BatchUpdateException;
import java.sql.SQLException;

/** What was asked of the database failed, and would fail again; nothing of it was done. */
public class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DatabaseException(String message) {
        super(message);
    }

    DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The failure as our callers are to see it. */
    static DatabaseException of(SQLException failure) {
        String message = firstLine(failure);
        return DatabaseUnavailable.isMeantBy(failure)
                ? new DatabaseUnavailable(message, failure)
                : new DatabaseException(message, failure);
    }

    /** The reason, in one line. That of a batch has its values in front, which belong to callers; they are left out. */
    static String firstLine(SQLException failure) {
        if (failure instanceof BatchUpdateException) {
            return failure.getNextException() == null ? "a batch failed" : firstLine(failure.getNextException());
        }
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
