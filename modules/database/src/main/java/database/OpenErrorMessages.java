package database;

import java.io.IOException;
import java.sql.SQLException;
import org.h2.api.ErrorCode;

/** Messages for the operator when the database cannot be opened. */
final class OpenErrorMessages {

    /** The setting for the URL of the database. */
    static final String URL_KEY = "auth.db.url";

    /** As {@link #URL_KEY}, for the server itself, without a pooler. */
    static final String DIRECT_URL_KEY = "auth.db.direct-url";

    /**
     * The server was reached and refused the login: a password is missing, or the two share no authentication method.
     */
    private static final String REJECTED = "08004";

    private OpenErrorMessages() {}

    /** The subject of a sentence about the database: its setting and its URL. */
    static String subject(DatabaseConfig config) {
        return "the database of " + URL_KEY + ", " + JdbcUrl.withoutPassword(config.url()) + ",";
    }

    /** As {@link #of}, for the URL of the server itself. */
    static String ofDirect(DatabaseConfig config, SQLException failure) {
        String subject = config.directUrl().equals(config.url())
                ? subject(config)
                : "the database of " + DIRECT_URL_KEY + ", " + JdbcUrl.withoutPassword(config.directUrl()) + ",";
        return subject + " " + problem(config, failure);
    }

    static String of(DatabaseConfig config, SQLException failure) {
        return subject(config) + " " + problem(config, failure);
    }

    private static String problem(DatabaseConfig config, SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        if (failure.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
            return "is in use by another process; stop that process, or name another file, such as"
                    + " jdbc:h2:file:./other/auth";
        }
        if (failure.getErrorCode() == ErrorCode.FILE_CORRUPTED_1) {
            String remedy =
                    JdbcUrl.h2File(config.url()).map(DatabaseFile::remedy).orElse("restore its latest backup");
            return "is damaged; " + remedy + "; the driver reports: " + quote(config, failure);
        }
        if (state.equals("25006")) {
            return "is read-only; name a server that is not a standby";
        }
        if (failure.getErrorCode() == ErrorCode.WRONG_USER_OR_PASSWORD || state.startsWith("28")) {
            return "rejects the user or the password; set auth.db.user and auth.db.password to valid credentials";
        }
        if (state.equals(REJECTED) && !hasPassword(config)) {
            return "requires a password, and none is set; set auth.db.password or auth.db.password-file";
        }
        if (state.equals(REJECTED)) {
            return "refuses the connection; the driver reports: " + quote(config, failure);
        }
        if (state.startsWith("08") && isNetworkError(failure)) {
            return "cannot be reached; check that it is running and reachable from this machine";
        }
        if (state.equals("3D000")) {
            return "does not exist; create it first";
        }
        return "cannot be opened; " + remedy(config) + "; the driver reports: " + quote(config, failure);
    }

    /** For other connection failures, such as an option that the driver rejects, the message quotes the driver. */
    private static boolean isNetworkError(SQLException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasPassword(DatabaseConfig config) {
        return !config.password().isEmpty()
                || !JdbcUrl.withoutPassword(config.url()).equals(config.url());
    }

    private static String remedy(DatabaseConfig config) {
        return JdbcUrl.isH2(config.url())
                ? "name a file in a writable folder, such as jdbc:h2:file:./data/auth"
                : "check its URL and the log of the server";
    }

    /** The driver's message, with the operator's URL in place of the completed one. */
    private static String quote(DatabaseConfig config, SQLException failure) {
        String text = DatabaseException.firstLine(failure).replace(JdbcUrl.complete(config.url()), config.url());
        return JdbcUrl.withoutPassword(text);
    }
}
