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
 * Combines concurrent writes into few transactions. Writes that arrive while a transaction is running are queued in
 * order, and the next transaction contains them all. So many callers share one connection and its commits, instead of
 * each waiting for its own.
 *
 * <p>The callers do the work: the first one leads a group, and then hands over to one that waits. Safe for any number
 * of threads.
 *
 * @param <W> a write
 * @param <R> the result of a write
 */
public final class GroupedWrites<W, R> {

    /** Large enough to share the cost of a transaction, and small enough to keep a transaction short. */
    static final int MAX_GROUP = 256;

    private final Database database;
    private final Statements<W, R> statements;
    private final Duration timeout;
    private final Duration stuckAfter;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Queue<Waiting<W, R>> queue = new ArrayDeque<>();
    private boolean led;

    /** The statements of a group's transaction. */
    @FunctionalInterface
    public interface Statements<W, R> {

        /**
         * Executes the writes.
         *
         * @return the result of each write, in the order of the writes
         */
        List<R> execute(Connection connection, List<W> writes) throws SQLException;
    }

    /** Groups the writes to a database. */
    public GroupedWrites(Database database, Statements<W, R> statements) {
        this(database, statements, Database.WAIT_TIMEOUT, Database.WAIT_TIMEOUT.dividedBy(2));
    }

    /**
     * Groups writes with other times.
     *
     * @param timeout how long a write waits for its turn
     * @param stuckAfter how long a failed group must have run to count as stuck. All writes that wait behind it then
     *     fail too, because each further group would be stuck for as long
     */
    GroupedWrites(Database database, Statements<W, R> statements, Duration timeout, Duration stuckAfter) {
        this.database = database;
        this.statements = statements;
        this.timeout = timeout;
        this.stuckAfter = stuckAfter;
    }

    /**
     * Writes. When this returns, the write is as safe as after {@link Database#inTransaction}. If a group fails because
     * of a statement, each of its writes is tried once more in its own transaction, so no write fails because of
     * another one. If the database is down, all waiting writes fail at once. An interrupt does not end the wait; the
     * thread's interrupt status is kept.
     *
     * @throws DatabaseUnavailable when the database is busy or down
     * @throws DatabaseException when the database refuses the write
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

    /**
     * Waits until the write is done, or must lead a group. Returns the group that it leads; empty when the write is
     * done.
     */
    private List<Waiting<W, R>> await(Waiting<W, R> own) {
        lock.lock();
        try {
            queue.add(own);
            own.leads = !led;
            led = true;
            long left = timeout.toNanos();
            while (!own.leads && !own.done) {
                if (left <= 0 && queue.remove(own)) {
                    throw DatabaseUnavailable.busy(
                            "the database is too busy: a write has waited for " + timeout.toSeconds() + " s");
                }
                try {
                    if (left > 0) {
                        left = own.changed.awaitNanos(left);
                    } else {
                        own.changed.await(); // the write is in a running transaction
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
        DatabaseUnavailable down = null;
        long begun = System.nanoTime();
        try {
            commit(group);
        } catch (DatabaseException e) {
            // A connection that breaks at once says nothing about the next one.
            boolean isStuck = System.nanoTime() - begun >= stuckAfter.toNanos();
            down = isStuck && e instanceof DatabaseUnavailable unavailable && unavailable.isDown() ? unavailable : null;
            boolean isLocked = e instanceof DatabaseUnavailable unavailable && unavailable.isCausedByStatement();
            boolean isRefused = !(e instanceof DatabaseUnavailable) && group.size() > 1;
            if (!isLocked && !isRefused) {
                group.forEach(waiting -> waiting.failure = e);
            } // otherwise each write is retried by its own caller, while the next group runs
        } finally {
            handOver(group, down);
        }
    }

    private void commit(List<Waiting<W, R>> group) {
        List<W> writes = group.stream().map(waiting -> waiting.write).toList();
        Committed<List<R>> committed =
                database.commit(connection -> statements.execute(connection, writes), Timeouts.SHORT);
        for (int i = 0; i < group.size(); i++) {
            int place = i;
            group.get(i).outcome = committed.map(results -> results.get(place));
        }
    }

    private void handOver(List<Waiting<W, R>> group, @Nullable DatabaseUnavailable down) {
        lock.lock();
        try {
            if (down != null) { // writes queued behind this group would wait as long again
                queue.forEach(waiting -> waiting.failure = down);
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

    /** A write that is not finished. The leader sets the result before it marks the write as done. */
    private static final class Waiting<W, R> {

        private final W write;
        private final Condition changed;

        private @Nullable Committed<R> outcome;
        private @Nullable DatabaseException failure;

        /** Used only by the thread that waits. */
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
