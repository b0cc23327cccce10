package push.postgres;

import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import push.engine.spi.Appended;
import push.engine.spi.Appended.NotStored;
import push.engine.spi.Appended.Position;

/**
 * Stores the appends of this hub, batch by batch: while one batch is being committed, the next one fills. A lone append
 * does not wait for company.
 *
 * <p>A batch whose answer is lost is sent again under the same number until its outcome is known, or the time is up.
 * The database stores each number once. For one thread, except {@link #lastStored}.
 */
final class BatchWriter {

    private static final System.Logger LOG = System.getLogger(BatchWriter.class.getName());

    private static final long IDLE_MILLIS = 1_000;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final Appended AWAY = new NotStored(NotStored.Reason.AWAY);
    private static final Appended UNKNOWN = new Appended.Unknown();

    private final AppendQueue queue;
    private final Session session;
    private final Duration timeout;
    private final UUID writer = UUID.randomUUID();
    private long number;
    private volatile @Nullable Position lastStored;

    /** @param timeout how long after its start an append ends at the latest */
    BatchWriter(AppendQueue queue, Session session, Duration timeout) {
        this.queue = queue;
        this.session = session;
        this.timeout = timeout;
    }

    /** Stores the next batch. Returns false once the queue is closed and empty. */
    boolean step() throws InterruptedException {
        List<Pending> batch = queue.take(IDLE_MILLIS);
        if (!batch.isEmpty()) {
            boolean ended = false;
            try {
                store(batch);
                ended = true;
            } finally {
                if (!ended) {
                    end(batch, UNKNOWN);
                }
            }
        }
        boolean more = !queue.isFinished();
        if (!more) {
            session.close();
        }
        return more;
    }

    private void store(List<Pending> batch) throws InterruptedException {
        number++;
        long deadline = batch.getFirst().since() + timeout.toNanos();
        boolean uncertain = false;
        while (true) {
            try {
                boolean sent = false;
                try {
                    var connection = session.connection();
                    sent = true;
                    succeed(batch, AppendStatement.execute(connection, writer, number, batch));
                    return;
                } catch (SQLException e) {
                    uncertain |= sent && !isRefusal(e);
                    session.close(); // whatever the reason: a new connection may reach another primary
                    throw e;
                }
            } catch (SQLException e) {
                if (System.nanoTime() - deadline >= 0) {
                    LOG.log(
                            WARNING,
                            "{0} events could not be stored; outcome={1}; the database reports: {2}",
                            batch.size(),
                            uncertain ? "unknown" : "not stored",
                            e.getMessage());
                    end(batch, uncertain ? UNKNOWN : AWAY);
                    return;
                }
                TimeUnit.NANOSECONDS.sleep(RETRY_NANOS);
            }
        }
    }

    /** Returns true if the server has said that it refuses the statement, which has then changed nothing. */
    private static boolean isRefusal(SQLException failure) {
        ServerErrorMessage message =
                failure instanceof PSQLException reported ? reported.getServerErrorMessage() : null;
        return message != null && "ERROR".equals(message.getSeverity());
    }

    private void succeed(List<Pending> batch, List<Position> positions) {
        lastStored = positions.stream()
                .reduce((a, b) -> a.sequence() > b.sequence() ? a : b)
                .orElseThrow();
        for (int i = 0; i < batch.size(); i++) {
            boolean _ = batch.get(i).outcome().complete(positions.get(i));
        }
    }

    private static void end(List<Pending> batch, Appended outcome) {
        batch.forEach(append -> append.outcome().complete(outcome));
    }

    /** Returns the highest position of the last batch that was stored; null before the first. Safe for any thread. */
    @Nullable
    Position lastStored() {
        return lastStored;
    }
}
