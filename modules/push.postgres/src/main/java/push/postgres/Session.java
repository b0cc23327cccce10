package push.postgres;

import database.DatabaseConfig;
import database.DirectConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection that is opened when it is needed, and again after a failure. For one thread. */
final class Session implements AutoCloseable {

    private final DatabaseConfig config;
    private final String name;
    private final Duration timeout;
    private final String setup;
    private @Nullable Connection connection;

    /**
     * @param name the name by which the server lists the connection
     * @param timeout how long a statement may take
     * @param setup the statements that each new connection begins with
     */
    Session(DatabaseConfig config, String name, Duration timeout, String setup) {
        this.config = config;
        this.name = name;
        this.timeout = timeout;
        this.setup = setup;
    }

    /** Returns true if there is a connection, which may be broken. */
    boolean isOpen() {
        return connection != null;
    }

    /** Returns the connection, and opens it if there is none. */
    Connection connection() throws SQLException {
        Connection open = connection;
        if (open != null) {
            return open;
        }
        Connection opened = DirectConnection.open(config, name, timeout);
        connection = opened;
        try (Statement statement = opened.createStatement()) {
            statement.execute(setup);
            return opened;
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    /** Closes the connection, if there is one. */
    @Override
    public void close() {
        Connection last = connection;
        connection = null;
        if (last != null) {
            try {
                last.close();
            } catch (SQLException e) {
                // It is broken; the server will notice that, too.
            }
        }
    }
}
