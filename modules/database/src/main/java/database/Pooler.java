package database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * Detects a pooler such as PgBouncer in front of PostgreSQL that assigns any server connection to each transaction.
 * Behind such a pooler, nothing that belongs to a connection lasts: neither a prepared statement nor an advisory lock.
 */
final class Pooler {

    private static final int ATTEMPTS = 3;

    private Pooler() {}

    /** Whether a URL leads to such a pooler. */
    static boolean isAt(String url, Properties properties) throws SQLException {
        boolean pooled = false;
        for (int i = 0; i < ATTEMPTS && !pooled; i++) { // other clients may use the pool at the same time
            pooled = changesConnections(url, properties);
        }
        return pooled;
    }

    /**
     * Runs transactions of two clients alternately. A pooler assigns the server connection that the first client has
     * released to the second one, or assigns another one to the first client when it returns.
     */
    private static boolean changesConnections(String url, Properties properties) throws SQLException {
        try (Connection first = DriverManager.getConnection(url, properties);
                Connection second = DriverManager.getConnection(url, properties)) {
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            int before = backend(first);
            first.commit();
            if (backend(second) == before) {
                return true;
            }
            return backend(first) != before;
        }
    }

    private static int backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** @throws IllegalArgumentException when there is a pooler on the way to the server itself */
    static void requireNone(DatabaseConfig config) throws SQLException {
        if (isAt(config.directUrl(), ConnectionFactory.unprepared(config))) {
            String key = config.directUrl().equals(config.url())
                    ? OpenErrorMessages.URL_KEY
                    : OpenErrorMessages.DIRECT_URL_KEY;
            throw new IllegalArgumentException(key + ", " + JdbcUrl.withoutPassword(config.directUrl())
                    + ", leads to a pooler that assigns a connection to each transaction; name the server itself in "
                    + OpenErrorMessages.DIRECT_URL_KEY + ", because the hub's lock needs a connection of its own");
        }
    }
}
