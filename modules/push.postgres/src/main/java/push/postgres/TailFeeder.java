package push.postgres;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import push.engine.spi.Appended.Position;
import push.engine.spi.LogEvent;
import push.engine.spi.LogState;
import push.engine.spi.Tail;
import push.postgres.LogRows.Event;
import push.postgres.LogRows.News;
import push.postgres.LogRows.Start;

/**
 * Reads the log, once for all gateways of this hub, and passes the events to the tail. A notification of the database
 * wakes it; if one is lost, it reads again soon in any case. For one thread, except for {@link #age}, {@link #hasPassed}
 * and {@link #mustRepublish}.
 */
final class TailFeeder {

    private static final System.Logger LOG = System.getLogger(TailFeeder.class.getName());

    /** How long to wait for a notification before the next read. */
    private static final int POLL_MILLIS = 250;

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Session session;
    private final Tail tail;
    private final Duration lostTimeout;
    private final Runnable migrate;
    private @Nullable LogPosition position;
    private LogState state = LogState.CONNECTING;
    private volatile @Nullable Position passed;
    private volatile boolean mustRepublish;
    private volatile long currentAt;

    /**
     * @param migrate creates the tables of the log if they do not exist
     */
    TailFeeder(Session session, Tail tail, Duration lostTimeout, Runnable migrate) {
        this.session = session;
        this.tail = tail;
        this.lostTimeout = lostTimeout;
        this.migrate = migrate;
        this.currentAt = System.nanoTime();
    }

    /** Reads the log once, and then waits for news. */
    void step() throws InterruptedException {
        try {
            boolean reconnected = !session.isOpen();
            Connection connection = session.connection();
            if (reconnected && position != null) {
                migrate.run(); // the database may have been replaced by an empty one
            }
            if (read(connection)) {
                wait(connection);
            }
        } catch (SQLException e) {
            failed(e);
        } catch (database.DatabaseException e) {
            failed(new SQLException(e.getMessage(), e));
        }
    }

    /** Reads once. Returns true if that was all there is. */
    private boolean read(Connection connection) throws SQLException {
        LogPosition last = position;
        if (last == null) {
            begin(connection);
            return false;
        }
        long before = System.nanoTime();
        News news = LogRows.after(connection, last.seq(), last.totalBytes(), this::decode);
        if (!news.head().epoch().equals(last.epoch())) {
            begin(connection);
            return false;
        }
        if (last.isContradictedBy(news)) {
            LOG.log(
                    ERROR,
                    "push log has lost events that it had acknowledged; it ends at {0}, and this hub has read {1}; a"
                            + " new epoch begins",
                    news.head().seq(),
                    last.seq());
            LogRows.beginLife(connection, last.epoch());
            return false;
        }
        mustRepublish = !news.head().isRepublished();
        pass(last, news);
        boolean all = news.events().isEmpty()
                || news.events().getLast().seq() == news.head().seq();
        if (all) {
            currentAt = before;
            become(LogState.READY);
        }
        return all;
    }

    private void pass(LogPosition from, News news) {
        LogPosition last = from;
        for (Event event : news.events()) {
            LogEvent content = event.content();
            if (content == null) {
                tail.skip(event.seq(), true);
            } else {
                tail.append(event.seq(), event.publishedAt(), event.age(), content);
            }
            last = last.after(event);
        }
        if (news.events().isEmpty() && last.seq() < news.head().seq()) {
            tail.skip(news.head().seq(), true); // retention was faster than this hub
            last = last.atEnd(news.head());
        }
        if (last.seq() > from.seq()) {
            moveTo(last);
            tail.signal();
        }
    }

    private void moveTo(LogPosition next) {
        position = next;
        passed = new Position(next.epoch(), next.seq());
    }

    /** Begins with the present life of the log, in one snapshot. */
    private void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            Start start = LogRows.start(connection);
            long base = start.base();
            tail.begin(start.head().epoch(), base, base == start.head().base());
            tail.lostInvalidations(Math.min(start.lostThrough(), base));
            LogRows.invalidations(connection, base, this::decode, this::restore);
            connection.commit();
            moveTo(LogPosition.before(start));
        } finally {
            connection.setAutoCommit(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    private void restore(long seq, Instant publishedAt, Duration age, @Nullable LogEvent content) {
        if (content == null) {
            tail.lostInvalidations(seq);
        } else {
            tail.restore(seq, publishedAt, age, content);
        }
    }

    /** A damaged event must not keep this hub from the events after it: it is reported, and counts as lost. */
    private @Nullable LogEvent decode(byte[] body) {
        try {
            return tail.read(body);
        } catch (IllegalArgumentException e) {
            LOG.log(ERROR, "push log has an event that this hub cannot read, and skips: {0}", e.getMessage());
            return null;
        }
    }

    private static void wait(Connection connection) throws SQLException {
        var _ = connection.unwrap(PGConnection.class).getNotifications(POLL_MILLIS);
    }

    private void failed(SQLException failure) throws InterruptedException {
        session.close();
        if (state != LogState.AWAY && age().compareTo(lostTimeout) >= 0) {
            LOG.log(WARNING, "push log cannot be read: {0}", failure.getMessage());
            become(LogState.AWAY);
        }
        TimeUnit.NANOSECONDS.sleep(RETRY_NANOS);
    }

    private void become(LogState next) {
        if (state == next) {
            return;
        }
        if (state == LogState.AWAY) {
            LOG.log(INFO, "push log can be read again");
        }
        state = next;
        tail.state(next);
    }

    /** Ends the connection. */
    void close() {
        session.close();
    }

    /** Returns how long ago this hub had read everything. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - currentAt);
    }

    /** Returns true if the tail has received this position, or it belongs to another life than the present one. */
    boolean hasPassed(Position position) {
        Position last = passed;
        return last != null && (!last.epoch().equals(position.epoch()) || last.sequence() >= position.sequence());
    }

    /** Returns true if the present life lacks the invalidations that are in force. */
    boolean mustRepublish() {
        return mustRepublish;
    }
}
