package database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** Opens connections to PostgreSQL that belong to one caller, without the pool and without a pooler in between. */
public final class DirectConnection {

    private DirectConnection() {}

    /**
     * Opens a connection.
     *
     * @param name the name by which the server lists the connection
     * @param timeout how long to wait for the connection, in whole seconds, and for the response to a statement
     * @throws SQLException if the server cannot be reached, or refuses the login
     */
    public static Connection open(DatabaseConfig config, String name, Duration timeout) throws SQLException {
        Properties properties = ConnectionFactory.properties(config);
        properties.setProperty("ApplicationName", name);
        properties.setProperty("connectTimeout", Long.toString(Math.max(1, timeout.toSeconds())));
        Connection connection = DriverManager.getConnection(config.directUrl(), properties);
        boolean opened = false;
        try {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(timeout.toMillis())); // overrides the URL
            opened = true;
            return connection;
        } finally {
            if (!opened) {
                connection.close();
            }
        }
    }
}
