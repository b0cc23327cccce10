package database;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import database.PositionFile.Position;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import threads.LongLived;
import threads.Steps;

/**
 * The database that is open now. When an H2 file fails, this class closes it, and reopens it on a thread of its own,
 * with retries until that succeeds. Safe for any number of threads.
 */
final class CurrentDatabase implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(CurrentDatabase.class.getName());

    private static final long REOPEN_NANOS = 1_000_000_000;

    private final DatabaseConfig config;
    private final Duration timeout;

    /** Null while the database is being reopened, and after {@link #close}. */
    private volatile @Nullable OpenDatabase open;

    private boolean closed; // guarded by this

    /**
     * @param timeout how long a caller waits for a connection
     * @param open the database, which was opened with this configuration
     */
    CurrentDatabase(DatabaseConfig config, Duration timeout, OpenDatabase open) {
        this.config = config;
        this.timeout = timeout;
        this.open = open;
    }

    /**
     * Returns the database that is open now.
     *
     * @throws DatabaseUnavailable when it is closed or is being reopened
     */
    OpenDatabase get() {
        OpenDatabase now = open;
        if (now == null) {
            throw DatabaseUnavailable.down("the database is closed, or is being reopened");
        }
        return now;
    }

    boolean isOpen() {
        return open != null;
    }

    /**
     * Reopens the database if the failure has ended it. Returns at once.
     *
     * @param used the database that failed; nothing happens if it was replaced meanwhile
     */
    synchronized void failed(OpenDatabase used, SQLException failure) {
        if (used.isH2() && !closed && open == used && DatabaseUnavailable.requiresReopen(failure)) {
            open = null;
            LOG.log(ERROR, "the database has failed, and is being reopened: " + DatabaseException.firstLine(failure));
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
        String reported = "";
        while (isMissing()) {
            try {
                replace(OpenDatabase.open(config, timeout, before));
                LOG.log(INFO, "the database has been reopened");
            } catch (RuntimeException e) { // for any reason: no other thread reopens it
                String problem = String.valueOf(e.getMessage());
                if (!problem.equals(reported)) {
                    reported = problem;
                    LOG.log(ERROR, problem + "; the hub retries every second");
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

    /** Closes the database for good. */
    @Override
    public void close() {
        OpenDatabase last;
        synchronized (this) {
            closed = true;
            last = open;
            open = null;
        }
        if (last != null) {
            last.close();
        }
    }
}
