package push.postgres;

import database.Database;
import database.DatabaseConfig;
import database.DatabaseException;
import database.Sweeper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import push.engine.spi.Appended;
import push.engine.spi.Appended.NotStored;
import push.engine.spi.Appended.Position;
import push.engine.spi.EventLog;
import push.engine.spi.LogContext;
import push.engine.spi.LogEvent;
import push.engine.spi.Tail;
import threads.LongLived;
import threads.Steps;

/**
 * A log in PostgreSQL. Any number of hubs append to it and read from it; the database gives all their events one order.
 */
final class PostgresLog implements EventLog {

    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);
    private static final int SWEEP_BATCH = 2_000;
    private static final long CLOSE_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final CompletionStage<Appended> CLOSED =
            CompletableFuture.completedStage(new NotStored(NotStored.Reason.CLOSED));
    private static final CompletionStage<Appended> AWAY =
            CompletableFuture.completedStage(new NotStored(NotStored.Reason.AWAY));

    private final DatabaseConfig config;
    private final LogContext context;
    private final Database database;
    private final UUID hub = UUID.randomUUID();
    private final AppendQueue queue;
    private final BatchWriter writer;
    private volatile @Nullable TailFeeder feeder;
    private volatile boolean reading = true;
    private @Nullable Sweeper sweeper;
    private @Nullable Thread writing;

    private PostgresLog(DatabaseConfig config, LogContext context, Database database) {
        this.config = config;
        this.context = context;
        this.database = database;
        this.queue = new AppendQueue(context.maxBytes());
        this.writer = new BatchWriter(
                queue, session("push log writer", context.lostTimeout(), "set lock_timeout = '2s'"), timeout());
    }

    private Session session(String name, Duration timeout, String setup) {
        return new Session(config, name, timeout, setup);
    }

    private Duration timeout() {
        return context.lostTimeout();
    }

    /**
     * Opens the database, and creates the tables of the log if they do not exist.
     *
     * @throws IllegalArgumentException if the database cannot be opened
     */
    static PostgresLog open(DatabaseConfig config, LogContext context) {
        Database database = Database.open(config);
        boolean opened = false;
        try {
            Schema.migrations().apply(database);
            PostgresLog log = new PostgresLog(config, context, database);
            opened = true;
            return log;
        } finally {
            if (!opened) {
                database.close();
            }
        }
    }

    @Override
    public String name() {
        return PostgresLogProvider.NAME;
    }

    @Override
    public boolean outlivesTheProcess() {
        return true;
    }

    @Override
    public void start(Tail tail) {
        TailFeeder started = new TailFeeder(
                session("push log reader", timeout().dividedBy(2), "listen push_log"),
                tail,
                timeout(),
                () -> Schema.migrations().apply(database));
        feeder = started;
        Thread _ = context.threads().start(LongLived.LOG_READER.label(), () -> read(started));
        writing = context.threads()
                .start(LongLived.LOG_WRITER.label(), () -> new Steps(LongLived.LOG_WRITER).run(writer::step));
        sweeper = new Sweeper("the event log", SWEEP_INTERVAL, this::sweep);
    }

    private void read(TailFeeder started) {
        new Steps(LongLived.LOG_READER).run(() -> {
            started.step();
            return reading;
        });
        started.close();
    }

    private boolean sweep() {
        return ask(
                "select push_sweep(? * interval '1 ms', ?, ? * interval '1 ms', ?)",
                context.window().toMillis(),
                context.maxBytes(),
                context.invalidations().toMillis(),
                SWEEP_BATCH);
    }

    /** Runs a function that returns a boolean, as a transaction of its own. */
    private boolean ask(String sql, Object... arguments) {
        return database.inTransaction(connection -> {
            try (PreparedStatement call = connection.prepareStatement(sql)) {
                for (int i = 0; i < arguments.length; i++) {
                    call.setObject(i + 1, arguments[i]);
                }
                try (ResultSet row = call.executeQuery()) {
                    return row.next() && row.getBoolean(1);
                }
            }
        });
    }

    @Override
    public CompletionStage<Appended> append(LogEvent event) {
        if (Objects.requireNonNull(feeder, "the log was not started").age().compareTo(timeout()) >= 0) {
            return AWAY;
        }
        Pending append = new Pending(event);
        return switch (queue.offer(append)) {
            case ACCEPTED -> append.outcome();
            case FULL -> AWAY;
            case CLOSED -> CLOSED;
        };
    }

    @Override
    public CompletionStage<Position> last() {
        CompletableFuture<Position> last = new CompletableFuture<>();
        Thread _ = Thread.ofVirtual().name("event-log-last").start(() -> {
            try {
                last.complete(database.read(PostgresLog::last));
            } catch (RuntimeException e) {
                last.completeExceptionally(e);
            }
        });
        return last;
    }

    private static Position last(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select epoch, seq from push_log");
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Position(row.getString("epoch"), row.getLong("seq"));
        }
    }

    @Override
    public Duration age() {
        TailFeeder started = feeder;
        return started == null ? Duration.ZERO : started.age();
    }

    @Override
    public boolean claimRepublication() {
        TailFeeder started = feeder;
        if (started == null || !started.mustRepublish()) {
            return false;
        }
        try {
            return ask("select push_claim_republication(?)", hub);
        } catch (DatabaseException e) {
            return false;
        }
    }

    @Override
    public void endRepublication() {
        boolean _ = ask("select push_end_republication(?)", hub);
    }

    @Override
    public boolean close(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        queue.close();
        Thread started = writing;
        if (started == null) {
            database.close();
            return true;
        }
        boolean finished = join(started, deadline) && awaitPassed(deadline);
        reading = false;
        Sweeper cleaning = sweeper;
        if (cleaning != null) {
            cleaning.close();
        }
        database.close();
        return finished;
    }

    private static boolean join(Thread thread, long deadline) {
        long left = deadline - System.nanoTime();
        try {
            return !thread.isAlive() || (left > 0 && thread.join(Duration.ofNanos(left)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean awaitPassed(long deadline) {
        Position stored = writer.lastStored();
        TailFeeder started = feeder;
        while (stored != null && started != null && !started.hasPassed(stored)) {
            if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(this, CLOSE_POLL_NANOS);
        }
        return true;
    }
}
