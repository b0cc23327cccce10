package database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import database.KeptFile.LostException;
import database.Mark.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A database from its opening to its end: the pool of its connections and, where it is a file, what brings commits to the
 * disk. Safe for any number of threads.
 */
final class OpenDatabase implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /**
     * A statement's answer is waited for this long: without it, a host that vanished would hold its callers for ever.
     */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    /**
     * What begins each transaction on PostgreSQL. Settings of the session would be lost with a rollback, or belong to
     * another client behind a pooler.
     */
    private static final String LIMITS =
            "set local lock_timeout = " + Database.PATIENCE.toMillis() + "; set local statement_timeout = "
                    + ANSWER_TIMEOUT.minusSeconds(5).toMillis();

    private static final String NO_LIMITS = "set local lock_timeout = 0; set local statement_timeout = 0";

    private static final Duration SYNC_INTERVAL = Duration.ofSeconds(1);

    private final boolean h2;
    private final HikariDataSource pool;
    private final @Nullable KeptFile file;
    private final @Nullable GroupSync sync;

    private OpenDatabase(boolean h2, HikariDataSource pool, @Nullable KeptFile file) {
        this.h2 = h2;
        this.pool = pool;
        this.file = file;
        this.sync = file == null ? null : new GroupSync(file, SYNC_INTERVAL, ANSWER_TIMEOUT);
        if (sync != null) {
            sync.start();
        }
    }

    /**
     * Opens it; H2's file is made where there is none.
     *
     * @param patience how long a connection is waited for
     * @param before where this process has seen it before; null if it has not
     * @throws IllegalArgumentException if it cannot be opened; the message is one line for the operator
     */
    static OpenDatabase open(DatabaseConfig config, Duration patience, @Nullable Position before) {
        try {
            String url = JdbcUrl.complete(config.url());
            boolean h2 = JdbcUrl.isH2(url);
            Optional<Path> path = h2 ? JdbcUrl.h2File(url) : Optional.empty();
            if (path.isPresent()) {
                KeptFile.prepare(path.get(), before != null);
            }
            return open(config, patience, before, url, path);
        } catch (LostException e) {
            throw new IllegalArgumentException(Advice.name(config) + " " + e.getMessage(), e);
        } catch (SQLException e) {
            throw new IllegalArgumentException(Advice.on(config, e), e);
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException(Advice.on(config, new SQLException(String.valueOf(e), e)), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    Advice.KEY + " can't be " + JdbcUrl.withoutPassword(config.url()) + ": " + e.getMessage(), e);
        }
    }

    private static OpenDatabase open(
            DatabaseConfig config, Duration patience, @Nullable Position before, String url, Optional<Path> path)
            throws SQLException, IOException {
        boolean h2 = JdbcUrl.isH2(url);
        Properties properties = properties(config, h2);
        // Tried by hand first: the pool would log a failure at length and say less. And H2 stays open in between.
        try (Connection first = DriverManager.getConnection(url, properties)) {
            KeptFile file = path.isEmpty()
                    ? null
                    : KeptFile.open(path.get(), DriverManager.getConnection(url, properties), before);
            boolean opened = false;
            try {
                Settlement.prepare(first, h2);
                OpenDatabase open = new OpenDatabase(
                        h2, new HikariDataSource(pool(url, properties, h2, config.poolSize(), patience)), file);
                opened = true;
                return open;
            } finally {
                if (!opened && file != null) {
                    file.close();
                }
            }
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
        }
        return pool;
    }

    /** A connection of the pool, at the beginning of a transaction. */
    Connection connection() throws SQLException {
        Connection connection = pool.getConnection();
        if (!h2) {
            begin(connection, LIMITS);
        }
        return connection;
    }

    /** As {@link #connection}, for a transaction that may take as long as it needs. */
    Connection unlimitedConnection() throws SQLException {
        Connection connection = pool.getConnection();
        if (!h2) {
            begin(connection, NO_LIMITS);
            connection.setNetworkTimeout(Runnable::run, 0); // the pool sets it again when it lends the connection anew
        }
        return connection;
    }

    private void begin(Connection connection, String sql) throws SQLException {
        boolean begun = false;
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            begun = true;
        } finally {
            if (!begun) {
                connection.close();
            }
        }
    }

    /** Has the pool close a connection, instead of lending it again. */
    void evict(Connection connection) {
        pool.evictConnection(connection);
    }

    /** Waits until what was committed survives a power cut, where that is a matter of this process. */
    void sync() throws SQLException {
        if (sync != null) {
            sync.await();
        }
    }

    /** Whether nothing should be committed, as it would not get to the disk for now. */
    boolean isHeldUp() {
        return sync != null && sync.isLate();
    }

    /** How far it has come; null unless it is a file. */
    @Nullable
    Position position() {
        return file == null ? null : file.position();
    }

    boolean isH2() {
        return h2;
    }

    /** Closes all connections, after a last sync. */
    @Override
    public void close() {
        if (sync != null) {
            sync.close();
        }
        try {
            if (file != null) {
                file.close();
            }
        } catch (SQLException e) {
            // Everything that was answered is safe; the pool is closed in any case.
        } finally {
            pool.close();
        }
    }
}
