package database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import database.DatabaseFile.LostException;
import database.PositionFile.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A database from its opening to its end: the pool of connections and, for a file, the sync of commits to the disk.
 * Safe for any number of threads.
 */
final class OpenDatabase implements AutoCloseable {

    private static final Duration SYNC_INTERVAL = Duration.ofSeconds(1);

    private final ConnectionFactory connections;
    private final HikariDataSource pool;
    private final @Nullable DatabaseFile file;
    private final @Nullable GroupSync sync;

    private OpenDatabase(ConnectionFactory connections, HikariDataSource pool, @Nullable DatabaseFile file) {
        this.connections = connections;
        this.pool = pool;
        this.file = file;
        this.sync = file == null ? null : new GroupSync(file, SYNC_INTERVAL, ConnectionFactory.SOCKET_TIMEOUT);
        if (sync != null) {
            sync.start();
        }
    }

    /**
     * Opens the database. An H2 file is created when it does not exist.
     *
     * @param timeout how long a caller waits for a connection
     * @param before the last position that this process knows of; null if it has not opened the database before
     * @throws IllegalArgumentException when the database cannot be opened; the message is one line for the operator
     */
    static OpenDatabase open(DatabaseConfig config, Duration timeout, @Nullable Position before) {
        try {
            String url = JdbcUrl.complete(config.url());
            boolean h2 = JdbcUrl.isH2(url);
            Optional<Path> path = h2 ? JdbcUrl.h2File(url) : Optional.empty();
            if (path.isPresent()) {
                DatabaseFile.prepare(path.get(), before != null);
            }
            return open(config, timeout, before, path);
        } catch (LostException e) {
            throw new IllegalArgumentException(OpenErrorMessages.subject(config) + " " + e.getMessage(), e);
        } catch (SQLException e) {
            throw new IllegalArgumentException(OpenErrorMessages.of(config, e), e);
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException(OpenErrorMessages.of(config, new SQLException(String.valueOf(e), e)), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    OpenErrorMessages.URL_KEY + ", " + JdbcUrl.withoutPassword(config.url()) + ", is invalid: "
                            + e.getMessage(),
                    e);
        }
    }

    private static OpenDatabase open(
            DatabaseConfig config, Duration timeout, @Nullable Position before, Optional<Path> path)
            throws SQLException, IOException {
        ConnectionFactory connections = ConnectionFactory.of(config);
        // A first connection without the pool, which would log a failure at length but with less detail. It also keeps
        // H2 open until the pool has a connection.
        try (Connection first = connections.connect()) {
            DatabaseFile file = path.isEmpty() ? null : DatabaseFile.open(path.get(), connections.connect(), before);
            boolean opened = false;
            try {
                first.setAutoCommit(false);
                connections.begin(first, Timeouts.NONE); // another process may be migrating
                VisibilityBarrier.prepare(first, JdbcUrl.isH2(connections.url()));
                OpenDatabase open = new OpenDatabase(
                        connections, new HikariDataSource(pool(connections, config.poolSize(), timeout)), file);
                opened = true;
                return open;
            } finally {
                if (!opened && file != null) {
                    file.close();
                }
            }
        }
    }

    private static HikariConfig pool(ConnectionFactory connections, int size, Duration timeout) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("push");
        pool.setJdbcUrl(connections.url());
        pool.setDataSourceProperties(connections.properties());
        pool.setAutoCommit(false);
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(timeout.toMillis());
        if (JdbcUrl.isH2(connections.url())) {
            pool.setMaxLifetime(0); // H2 would close the file with its last connection
        }
        return pool;
    }

    /** A connection of the pool, with a transaction begun. */
    Connection connection(Timeouts timeouts) throws SQLException {
        Connection connection = pool.getConnection();
        boolean begun = false;
        try {
            connections.begin(connection, timeouts);
            begun = true;
            return connection;
        } finally {
            if (!begun) {
                connection.close();
            }
        }
    }

    /** Makes the pool close a connection instead of lending it again. */
    void evict(Connection connection) {
        pool.evictConnection(connection);
    }

    /** Waits until committed data survives a power cut. Does nothing when that is not this process's responsibility. */
    void sync() throws SQLException {
        if (sync != null) {
            sync.await();
        }
    }

    /** Whether nothing should be committed for now, because it would not reach the disk. */
    boolean isSyncLate() {
        return sync != null && sync.isLate();
    }

    /** The position of the database; null unless it is a file. */
    @Nullable
    Position position() {
        return file == null ? null : file.position();
    }

    /** The file of the database, if there was no database in it before; empty otherwise. */
    Optional<Path> newFile() {
        return file == null ? Optional.empty() : file.ifNew();
    }

    boolean isH2() {
        return JdbcUrl.isH2(connections.url());
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
            // Everything that callers were told is safe; the pool is closed in any case.
        } finally {
            pool.close();
        }
    }
}
