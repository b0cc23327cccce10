package database;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import database.Mark.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import threads.LongLived;
import threads.Steps;

/**
 * The one database of a hub, through a pool of connections. Safe for any number of threads; those that find no
 * connection free wait for one, for {@link #PATIENCE}.
 *
 * <p>What was committed survives the end of the process, however it ends. An H2 file that fails, for instance because its
 * disk is full, is opened again until that succeeds.
 */
public final class Database implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Database.class.getName());

    private static final long REOPEN_NANOS = 1_000_000_000;

    /** How long a connection or a locked row is waited for. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DatabaseConfig config;
    private final Duration patience;
    private final boolean h2;
    private final Probe probe = new Probe(this::write);

    /** Null while it is being opened again, and after the close. */
    private volatile @Nullable OpenDatabase open;

    private boolean closed; // guarded by this

    private Database(DatabaseConfig config, Duration patience, OpenDatabase open) {
        this.config = config;
        this.patience = patience;
        this.open = open;
        this.h2 = open.isH2();
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
        Database database = new Database(config, patience, OpenDatabase.open(config, patience, null));
        database.probe.start();
        return database;
    }

    /**
     * Does work in a transaction, and commits it. When this returns, what was committed survives the end of the process
     * and, unless the database is on another machine, a power cut. Whatever the work throws rolls it back and is thrown
     * on; nothing is tried again.
     *
     * @throws DatabaseUnavailable when the database is busy or away
     * @throws DatabaseException when it refuses a statement
     */
    public <T> T inTransaction(Work<T> work) {
        return commit(work, Limits.USUAL).durable();
    }

    /** As {@link #inTransaction}, for a change of the schema, which may take as long as it needs. */
    <T> T inMigration(Work<T> work) {
        return commit(work, Limits.NONE).durable();
    }

    /** As {@link #inTransaction}, but that it is safe only once {@link Committed#durable} has returned. */
    <T> Committed<T> commit(Work<T> work, Limits limits) {
        OpenDatabase used = used();
        if (used.isHeldUp()) {
            throw DatabaseUnavailable.busy("the disk is too slow: it has not synced for seconds");
        }
        return new Committed<>(
                run(used, limits, work), () -> sync(used)); // of this one: it may be opened again meanwhile
    }

    private void sync(OpenDatabase used) {
        try {
            used.sync(); // without a connection: the pool does not limit how many share a sync
        } catch (SQLException e) {
            failed(used, e);
            throw new DatabaseUnavailable(DatabaseException.firstLine(e), e);
        }
    }

    /** As {@link #inTransaction}, for work that changes nothing. What it sees may not survive a power cut. */
    public <T> T read(Work<T> work) {
        OpenDatabase used = used();
        return run(used, Limits.USUAL, work);
    }

    private OpenDatabase used() {
        OpenDatabase now = open;
        if (now == null) {
            throw DatabaseUnavailable.away("the database is closed, or is being opened again");
        }
        return now;
    }

    private <T> T run(OpenDatabase used, Limits limits, Work<T> work) {
        try (Connection connection = borrow(used, limits)) {
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (Throwable e) {
                rollback(connection, e);
                if (e instanceof SQLException failure && DatabaseUnavailable.isReadOnly(failure)) {
                    used.evict(connection); // a new one may find the server that can be written to
                }
                throw e;
            }
        } catch (SQLException e) {
            failed(used, e);
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

    private static Connection borrow(OpenDatabase used, Limits limits) {
        try {
            return used.connection(limits);
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

    /** Whether something could be written to it within the last seconds. Does not wait. */
    public boolean isWritable() {
        return open != null && probe.isGood();
    }

    private void write() {
        int _ = inTransaction(Settlement::change);
    }

    /** Opens it again if the failure has ended it. */
    private synchronized void failed(OpenDatabase used, SQLException failure) {
        if (h2 && !closed && open == used && DatabaseUnavailable.isTheEnd(failure)) {
            open = null;
            LOG.log(ERROR, "the database has failed, and is opened again: " + DatabaseException.firstLine(failure));
            Thread.ofPlatform()
                    .daemon()
                    .name(LongLived.DATABASE_REOPENING.label())
                    .start(() -> new Steps(LongLived.DATABASE_REOPENING).run(() -> {
                        reopen(used);
                        return false;
                    }));
        }
    }

    private void reopen(OpenDatabase failed) {
        Position before = failed.position();
        failed.close();
        String told = "";
        while (isMissing()) {
            try {
                replace(OpenDatabase.open(config, patience, before));
                LOG.log(INFO, "the database is open again");
            } catch (RuntimeException e) { // whatever it is: nobody else opens it
                String problem = String.valueOf(e.getMessage());
                if (!problem.equals(told)) {
                    told = problem;
                    LOG.log(ERROR, problem + "; it is tried again every second");
                }
                LockSupport.parkNanos(this, REOPEN_NANOS);
            }
        }
    }

    private synchronized boolean isMissing() {
        return !closed && open == null;
    }

    private synchronized void replace(OpenDatabase opened) {
        if (closed) {
            opened.close();
        } else {
            open = opened;
        }
    }

    /** Whether no other process can have it open. */
    public boolean isExclusive() {
        return h2;
    }

    /** Whether it is H2, whose schema changes are transactions of their own. */
    boolean isH2() {
        return h2;
    }

    /** Closes all connections; H2's file with them. */
    @Override
    public void close() {
        OpenDatabase last;
        synchronized (this) {
            closed = true;
            last = open;
            open = null;
        }
        probe.close();
        if (last != null) {
            last.close();
        }
    }
}
