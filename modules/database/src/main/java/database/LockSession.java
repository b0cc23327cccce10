package database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dedicated connection to PostgreSQL that acquires the lock of {@link HubLock}, and holds it until it ends. For one
 * thread.
 */
final class LockSession implements AutoCloseable {

    /** A key different from that of {@link Migrations}; the letters of "pushhub". */
    private static final long KEY = 0x70_7573_6868_7562L;

    private static final long LOW_BITS = 0xffff_ffffL;

    /** The statements run every second, and are fast unless the connection is broken. */
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(5);

    /** Lets the server detect within 11 seconds that this connection's host is gone, and release the lock. */
    private static final String KEEPALIVE = "set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2;"
            + " set tcp_keepalives_count = 3; set tcp_user_timeout = 11000";

    private static final String HOLDER =
            "select pid from pg_locks where locktype = 'advisory' and granted and objsubid = 1"
                    + " and database = (select oid from pg_database where datname = current_database())"
                    + " and classid::bigint = " + (KEY >>> Integer.SIZE) + " and objid::bigint = " + (KEY & LOW_BITS);

    private final Connection connection;
    private final Backend self;

    /**
     * The server's end of a connection.
     *
     * @param pid the process id, which identifies the backend while it lives
     * @param address the address of the client; null if this user may not see it
     * @param start when the backend started; null if this user may not see it
     */
    record Backend(
            int pid, @Nullable String address, @Nullable OffsetDateTime start) {}

    private LockSession(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute(KEEPALIVE);
        }
        this.self = backend("a.pid = pg_backend_pid()")
                .orElseThrow(() -> new SQLException("pg_stat_activity does not have this connection"));
    }

    /** Connects, without acquiring the lock. */
    static LockSession open(DatabaseConfig config) throws SQLException {
        Connection connection = DirectConnection.open(config, "push lock", RESPONSE_TIMEOUT);
        boolean opened = false;
        try {
            LockSession session = new LockSession(connection);
            session.check();
            opened = true;
            return session;
        } finally {
            if (!opened) {
                connection.close();
            }
        }
    }

    /** The server's end of this connection. */
    Backend self() {
        return self;
    }

    /** Acquires the lock unless another connection has it. Does not wait. */
    boolean tryLock() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_try_advisory_lock(" + KEY + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** The session that has the lock; empty when no session has it any more. */
    Optional<Backend> holder() throws SQLException {
        return backend("a.pid = (" + HOLDER + ")");
    }

    /** Whether this session's lock is visible through another connection, which then leads to the same database. */
    boolean isSeenFrom(ConnectionFactory connections) throws SQLException {
        try (Connection other = connections.connect();
                Statement statement = other.createStatement();
                ResultSet row = statement.executeQuery(HOLDER)) {
            return row.next() && row.getInt("pid") == self.pid();
        }
    }

    private Optional<Backend> backend(String condition) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select a.pid, host(a.client_addr) as address, a.backend_start"
                        + " from pg_stat_activity a where " + condition)) {
            return row.next()
                    ? Optional.of(new Backend(
                            row.getInt("pid"),
                            row.getString("address"),
                            row.getObject("backend_start", OffsetDateTime.class)))
                    : Optional.empty();
        }
    }

    /** Terminates the server's end of another connection. */
    void terminate(Backend other) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_terminate_backend(?)")) {
            statement.setInt(1, other.pid());
            statement.execute();
        }
    }

    /**
     * Checks that the lock still keeps other hubs off.
     *
     * @throws SQLException when the connection is broken, and the lock lost with it; or when the server has become a
     *     standby, on which a lock has no effect on the new primary
     */
    void check() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_is_in_recovery()")) {
            row.next();
            if (row.getBoolean(1)) {
                throw new SQLException("the server is a standby", "25006");
            }
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // The connection is broken; the server will notice it too.
        }
    }
}
