package database;

import java.sql.SQLException;

/** What an operator is told when the database can't be opened. */
final class Advice {

    /** Of the configuration. */
    static final String KEY = "auth.db.url";

    private static final int H2_LOCKED = 90020;
    private static final int H2_WRONG_USER = 28000;

    private Advice() {}

    static String on(DatabaseConfig config, SQLException failure) {
        return "the database of " + KEY + ", " + JdbcUrl.withoutPassword(config.url()) + ", can't be opened: "
                + JdbcUrl.withoutPassword(DatabaseException.firstLine(failure)) + "; " + remedy(config, failure);
    }

    private static String remedy(DatabaseConfig config, SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        if (failure.getErrorCode() == H2_LOCKED) {
            return "another process has it: stop that one, or name another file";
        }
        if (failure.getErrorCode() == H2_WRONG_USER || state.startsWith("28")) {
            return "set auth.db.user and auth.db.password to what it knows";
        }
        if (state.startsWith("08")) {
            return "see that it runs, and that this machine reaches it";
        }
        if (state.equals("3D000")) {
            return "create it first";
        }
        return JdbcUrl.isH2(config.url())
                ? "name a file in a folder that can be written to, such as jdbc:h2:file:./data/auth"
                : "see the database's own log";
    }
}
