package database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import database.KeptFile.LostException;
import database.Mark.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A database from its opening to its end: the pool of its connections and, where it is a file, what brings commits to the
 * disk. Safe for any number of threads.
 */
final class OpenDatabase implements AutoCloseable {

    private static final Duration SYNC_INTERVAL = Duration.ofSeconds(1);

    private final Access access;
    private final HikariDataSource pool;
    private final @Nullable KeptFile file;
    private final @Nullable GroupSync sync;

    private OpenDatabase(Access access, HikariDataSource pool, @Nullable KeptFile file) {
        this.access = access;
        this.pool = pool;
        this.file = file;
        this.sync = file == null ? null : new GroupSync(file, SYNC_INTERVAL, Access.ANSWER_TIMEOUT);
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
            return open(config, patience, before, path);
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
            DatabaseConfig config, Duration patience, @Nullable Position before, Optional<Path> path)
            throws SQLException, IOException {
        Access access = Access.to(config);
        // Tried by hand first: the pool would log a failure at length and say less. And H2 stays open in between.
        try (Connection first = access.connect()) {
            KeptFile file = path.isEmpty() ? null : KeptFile.open(path.get(), access.connect(), before);
            boolean opened = false;
            try {
                first.setAutoCommit(false);
                access.begin(first, Limits.NONE); // another process may be migrating
                Settlement.prepare(first, JdbcUrl.isH2(access.url()));
                OpenDatabase open =
                        new OpenDatabase(access, new HikariDataSource(pool(access, config.poolSize(), patience)), file);
                opened = true;
                return open;
            } finally {
                if (!opened && file != null) {
                    file.close();
                }
            }
        }
    }

    private static HikariConfig pool(Access access, int size, Duration patience) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("push");
        pool.setJdbcUrl(access.url());
        pool.setDataSourceProperties(access.properties());
        pool.setAutoCommit(false);
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(patience.toMillis());
        if (JdbcUrl.isH2(access.url())) {
            pool.setMaxLifetime(0); // with its last connection H2 would close the file
        }
        return pool;
    }

    /** A connection of the pool, at the beginning of a transaction. */
    Connection connection(Limits limits) throws SQLException {
        Connection connection = pool.getConnection();
        boolean begun = false;
        try {
            access.begin(connection, limits);
            begun = true;
            return connection;
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
        return JdbcUrl.isH2(access.url());
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
