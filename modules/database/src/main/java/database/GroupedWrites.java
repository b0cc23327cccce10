package database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Combines concurrent writes into few transactions. Writes that come while a transaction is under way are queued in their
 * order, and the next transaction has them all. So many callers share one connection and its commits, instead of waiting
 * for one each.
 *
 * <p>The callers do the work: the first one leads a group, and then hands over to one that waits. Safe for any number
 * of threads.
 *
 * @param <W> a write
 * @param <R> what comes of it
 */
public final class GroupedWrites<W, R> {

    /** Enough to share the cost of a transaction; and few enough for one to be short. */
    static final int MAX_GROUP = 256;

    private final Database database;
    private final Statements<W, R> statements;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Queue<Waiting<W, R>> queue = new ArrayDeque<>();
    private boolean led;

    /** What a group does in its transaction. */
    @FunctionalInterface
    public interface Statements<W, R> {

        /**
         * Does the writes.
         *
         * @return what comes of each, in their order
         */
        List<R> execute(Connection connection, List<W> writes) throws SQLException;
    }

    /** Groups writes to a database. */
    public GroupedWrites(Database database, Statements<W, R> statements) {
        this(database, statements, Database.PATIENCE);
    }

    /** @param patience how long a write waits for its turn */
    GroupedWrites(Database database, Statements<W, R> statements, Duration patience) {
        this.database = database;
        this.statements = statements;
        this.patience = patience;
    }

    /**
     * Writes; when this returns, it is as safe as after {@link Database#inTransaction}. A write whose group fails because
     * of a statement is tried once more by itself, so no write fails because of another one. If the database is away, all
     * that wait fail at once. An interrupt does not end the wait, and is kept.
     *
     * @throws DatabaseUnavailable when the database is busy or away
     * @throws DatabaseException when it refuses the write
     */
    public R write(W write) {
        Waiting<W, R> own = new Waiting<>(write, lock.newCondition());
        own.interrupted = Thread.interrupted(); // it would break the connection of a whole group
        try {
            return write(own);
        } finally {
            if (own.interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private R write(Waiting<W, R> own) {
        List<Waiting<W, R>> group = await(own);
        if (!group.isEmpty()) {
            lead(group);
        }
        if (own.outcome != null) {
            return own.outcome.durable();
        }
        if (own.failure != null) {
            throw own.failure;
        }
        return database.inTransaction(connection -> statements.execute(connection, List.of(own.write)))
                .getFirst();
    }

    /** Waits until a write is done, or leads a group; then it gives that group. */
    private List<Waiting<W, R>> await(Waiting<W, R> own) {
        lock.lock();
        try {
            queue.add(own);
            own.leads = !led;
            led = true;
            long left = patience.toNanos();
            while (!own.leads && !own.done) {
                if (left <= 0 && queue.remove(own)) {
                    throw DatabaseUnavailable.busy(
                            "the database is too busy: a write has waited for " + patience.toSeconds() + " s");
                }
                try {
                    if (left > 0) {
                        left = own.changed.awaitNanos(left);
                    } else {
                        own.changed.await(); // it is under way
                    }
                } catch (InterruptedException e) {
                    own.interrupted = true;
                }
            }
            return own.leads ? nextGroup() : List.of();
        } finally {
            lock.unlock();
        }
    }

    private List<Waiting<W, R>> nextGroup() {
        List<Waiting<W, R>> group = new ArrayList<>();
        while (group.size() < MAX_GROUP && !queue.isEmpty()) {
            group.add(queue.remove());
        }
        return group;
    }

    private void lead(List<Waiting<W, R>> group) {
        DatabaseUnavailable away = null;
        try {
            commit(group);
        } catch (DatabaseException e) {
            away = e instanceof DatabaseUnavailable unavailable && unavailable.isAway() ? unavailable : null;
            boolean isLocked = e instanceof DatabaseUnavailable unavailable && unavailable.isOfAStatement();
            boolean isRefused = !(e instanceof DatabaseUnavailable) && group.size() > 1;
            if (!isLocked && !isRefused) {
                group.forEach(waiting -> waiting.failure = e);
            } // otherwise each tries by itself, while the next group is under way
        } finally {
            handOver(group, away);
        }
    }

    private void commit(List<Waiting<W, R>> group) {
        List<W> writes = group.stream().map(waiting -> waiting.write).toList();
        Committed<List<R>> committed =
                database.commit(connection -> statements.execute(connection, writes), Limits.SHORT);
        for (int i = 0; i < group.size(); i++) {
            int place = i;
            group.get(i).outcome = committed.map(results -> results.get(place));
        }
    }

    private void handOver(List<Waiting<W, R>> group, @Nullable DatabaseUnavailable away) {
        lock.lock();
        try {
            if (away != null) { // who has waited behind this group would wait as long again
                queue.forEach(waiting -> waiting.failure = away);
                group.addAll(queue);
                queue.clear();
            }
            for (Waiting<W, R> waiting : group) {
                waiting.done = true;
                waiting.changed.signal();
            }
            Waiting<W, R> next = queue.peek();
            led = next != null;
            if (next != null) {
                next.leads = true;
                next.changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A write on its way. What comes of it is set by its leader, before it is done. */
    private static final class Waiting<W, R> {

        private final W write;
        private final Condition changed;

        private @Nullable Committed<R> outcome;
        private @Nullable DatabaseException failure;

        /** Of the thread that waits alone. */
        private boolean interrupted;

        // Guarded by the lock.
        private boolean leads;
        private boolean done;

        Waiting(W write, Condition changed) {
            this.write = write;
            this.changed = changed;
        }
    }
}
