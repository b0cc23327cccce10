package database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * The one database of a hub, with a pool of connections. Safe for any number of threads: a thread that finds no free
 * connection waits for one, for {@link #WAIT_TIMEOUT}.
 *
 * <p>Committed data survives the end of the process, however the process ends. When an H2 file fails, for example
 * because its disk is full, the database is reopened, with retries until that succeeds.
 */
public final class Database implements AutoCloseable {

    /** How long a caller waits for a connection or a locked row. */
    public static final Duration WAIT_TIMEOUT = Duration.ofSeconds(5);

    private final CurrentDatabase current;
    private final boolean h2;
    private final Optional<Path> newFile;
    private final Probe probe = new Probe(this::write);

    private Database(CurrentDatabase current, OpenDatabase first) {
        this.current = current;
        this.h2 = first.isH2();
        this.newFile = first.newFile();
    }

    /** The work of a transaction. */
    @FunctionalInterface
    public interface Work<T> {

        /** Does the work on a connection. The caller of this method begins and ends the transaction. */
        T on(Connection connection) throws SQLException;
    }

    /**
     * Opens the database. An H2 file is created when it does not exist.
     *
     * @throws IllegalArgumentException when the database cannot be opened; the message is one line for the operator,
     *     with the setting, the URL without its password, and what to do
     */
    public static Database open(DatabaseConfig config) {
        return open(config, WAIT_TIMEOUT);
    }

    /** @param timeout how long a caller waits for a connection */
    static Database open(DatabaseConfig config, Duration timeout) {
        OpenDatabase first = OpenDatabase.open(config, timeout, null);
        Database database = new Database(new CurrentDatabase(config, timeout, first), first);
        database.probe.start();
        return database;
    }

    /**
     * Does work in a transaction, and commits it. When this returns, the committed data survives the end of the process
     * and, unless the database is on another machine, a power cut. If the work throws, the transaction is rolled back
     * and the exception is rethrown; there is no retry.
     *
     * @throws DatabaseUnavailable when the database is busy or down
     * @throws DatabaseException when the database refuses a statement
     */
    public <T> T inTransaction(Work<T> work) {
        return commit(work, Timeouts.DEFAULT).durable();
    }

    /** As {@link #inTransaction}, for a change of the schema, which has no timeout. */
    <T> T inMigration(Work<T> work) {
        return commit(work, Timeouts.NONE).durable();
    }

    /**
     * As {@link #inTransaction}, but the data may be lost in a power cut until {@link Committed#durable} has returned.
     */
    <T> Committed<T> commit(Work<T> work, Timeouts timeouts) {
        OpenDatabase used = current.get();
        if (used.isSyncLate()) {
            throw DatabaseUnavailable.busy("the disk is too slow: a sync has been running for more than 2 s");
        }
        return new Committed<>(
                run(used, timeouts, work), () -> sync(used)); // on this one: the database may be reopened meanwhile
    }

    private void sync(OpenDatabase used) {
        try {
            used.sync(); // without a connection, so the pool does not limit how many callers share a sync
        } catch (SQLException e) {
            current.failed(used, e);
            throw new DatabaseUnavailable(DatabaseException.firstLine(e), e);
        }
    }

    /** As {@link #inTransaction}, for work that changes nothing. The data that it reads may not survive a power cut. */
    public <T> T read(Work<T> work) {
        OpenDatabase used = current.get();
        return run(used, Timeouts.DEFAULT, work);
    }

    private <T> T run(OpenDatabase used, Timeouts timeouts, Work<T> work) {
        try (Connection connection = borrow(used, timeouts)) {
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (Throwable e) {
                rollback(connection, e);
                if (e instanceof SQLException failure && DatabaseUnavailable.isReadOnly(failure)) {
                    used.evict(connection); // a new connection may reach the primary
                }
                throw e;
            }
        } catch (SQLException e) {
            current.failed(used, e);
            throw DatabaseException.of(e);
        }
    }

    /**
     * Returns once all data that was visible before the call is durable: it survives any end of the process. Call this
     * before you report another transaction's data to the outside.
     *
     * @throws DatabaseUnavailable when the database is busy or down
     */
    public void makeVisibleDataDurable() {
        if (h2) { // PostgreSQL shows only what is in its log
            int _ = inTransaction(VisibilityBarrier::change);
        }
    }

    private static Connection borrow(OpenDatabase used, Timeouts timeouts) {
        try {
            return used.connection(timeouts);
        } catch (SQLException e) { // for any reason: nothing was done yet
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

    /** Whether a write to the database succeeded within the last seconds. Does not wait. */
    public boolean isWritable() {
        return current.isOpen() && probe.isGood();
    }

    private void write() {
        int _ = inTransaction(VisibilityBarrier::change);
    }

    /** The file that H2 keeps the database in, if this process has created the database in it; empty otherwise. */
    public Optional<Path> newFile() {
        return newFile;
    }

    /** Whether no other process can have the database open. */
    public boolean isExclusive() {
        return h2;
    }

    /** Whether the database is H2, in which each schema change is its own transaction. */
    boolean isH2() {
        return h2;
    }

    /** Closes all connections, and the H2 file. */
    @Override
    public void close() {
        probe.close();
        current.close();
    }
}
