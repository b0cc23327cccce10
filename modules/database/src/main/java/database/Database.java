package database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * The one database of a hub, through a pool of connections. Safe for any number of threads; those that find no
 * connection free wait for one, for {@link #PATIENCE}.
 *
 * <p>What was committed survives the end of the process, however it ends.
 */
public final class Database implements AutoCloseable {

    /** How long a connection or a locked row is waited for. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /**
     * A statement's answer is waited for this long: without it, a host that vanished would hold its callers for ever.
     */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final boolean h2;
    private final HikariDataSource pool;
    private final Pulse pulse = new Pulse(this::ping);

    private Database(boolean h2, HikariDataSource pool) {
        this.h2 = h2;
        this.pool = pool;
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    public interface Work<T> {

        /** Does it on a connection whose transaction the caller begins and ends. */
        T on(Connection connection) throws SQLException;
    }

    /**
     * Opens the database; H2's file is made where there is none.
     *
     * @throws IllegalArgumentException when it can't be opened; the message is one line for the operator: it names
     *     the key, the URL without its password, and what to do
     */
    public static Database open(DatabaseConfig config) {
        return open(config, PATIENCE);
    }

    /** @param patience how long a connection is waited for */
    static Database open(DatabaseConfig config, Duration patience) {
        try {
            String url = JdbcUrl.complete(config.url());
            boolean h2 = JdbcUrl.isH2(url);
            Properties properties = properties(config, h2);
            // Tried by hand first: the pool would log a failure at length and say less. And H2 stays open in between.
            try (Connection first = DriverManager.getConnection(url, properties)) {
                if (h2) {
                    Settlement.prepare(first);
                }
                return new Database(h2, new HikariDataSource(pool(url, properties, h2, config.poolSize(), patience)));
            }
        } catch (SQLException e) {
            throw new IllegalArgumentException(Advice.on(config, e), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    Advice.KEY + " can't be " + JdbcUrl.withoutPassword(config.url()) + ": " + e.getMessage(), e);
        }
    }

    private static Properties properties(DatabaseConfig config, boolean h2) {
        Properties properties = new Properties();
        if (!config.user().isEmpty()) {
            properties.setProperty("user", config.user());
        }
        if (!config.password().isEmpty()) {
            properties.setProperty("password", config.password());
        }
        if (!h2) { // what the URL says comes before these
            properties.setProperty("ApplicationName", "push");
            properties.setProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
            properties.setProperty("socketTimeout", Long.toString(ANSWER_TIMEOUT.toSeconds()));
            properties.setProperty("tcpKeepAlive", "true");
        }
        return properties;
    }

    private static HikariConfig pool(String url, Properties properties, boolean h2, int size, Duration patience) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("push");
        pool.setJdbcUrl(url);
        pool.setDataSourceProperties(properties);
        pool.setAutoCommit(false);
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(patience.toMillis());
        if (h2) {
            pool.setMaxLifetime(0); // with its last connection H2 would close the file
        } else {
            pool.setConnectionInitSql("set lock_timeout = " + PATIENCE.toMillis());
        }
        return pool;
    }

    /**
     * Does work in a transaction, and commits it. Whatever the work throws rolls it back and is thrown on; nothing is
     * tried again.
     *
     * @throws DatabaseUnavailable when the database is busy or away
     * @throws DatabaseException when it refuses a statement
     */
    public <T> T inTransaction(Work<T> work) {
        try (Connection connection = connection()) {
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (Throwable e) {
                rollback(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw DatabaseException.of(e);
        }
    }

    /**
     * Returns once everything that could be seen before is safe: committed, and there after any end of the process. To
     * be called before somebody outside is told of what another transaction has committed.
     *
     * @throws DatabaseUnavailable when the database is busy or away
     */
    public void settle() {
        if (h2) { // PostgreSQL shows what is in its log, and nothing before
            int _ = inTransaction(Settlement::change);
        }
    }

    private Connection connection() {
        try {
            return pool.getConnection();
        } catch (SQLException e) { // whatever it is: nothing was done yet
            throw new DatabaseUnavailable(DatabaseException.firstLine(e), e);
        }
    }

    private static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Whether it answers within that time. Any number may ask at once, and cost it one question. */
    public boolean answers(Duration atMost) {
        return pulse.felt(atMost);
    }

    private boolean ping() {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid((int) PATIENCE.toSeconds());
        } catch (SQLException e) {
            return false;
        }
    }

    /** Whether it is H2, which one process has for itself, and whose schema changes are transactions of their own. */
    boolean isH2() {
        return h2;
    }

    /** Closes all connections; H2's file with them. */
    @Override
    public void close() {
        pool.close();
    }
}
