package database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import testing.TestDatabase;

/**
 * A table of unique numbers, and the groups in which they are written. A group that begins with 0 continues only after
 * {@link #release}.
 */
final class NumberTable implements AutoCloseable {

    final Database database;

    /** The numbers of each transaction. */
    final List<List<Integer>> groups = new CopyOnWriteArrayList<>();

    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    NumberTable(TestDatabase kind) {
        database = Database.open(new DatabaseConfig(kind.freshUrl(), "", "", 4));
        int _ = database.inMigration(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table number (n integer primary key)");
                return 0;
            }
        });
    }

    /** Waits until the transaction of the group that begins with 0 has started. */
    void awaitStart() {
        await(started);
    }

    /** Lets the group that begins with 0 continue. */
    void release() {
        released.countDown();
    }

    GroupedWrites<Integer, String> writes(Duration timeout) {
        return new GroupedWrites<>(database, this::insert, timeout, timeout);
    }

    List<String> insert(Connection connection, List<Integer> numbers) throws SQLException {
        groups.add(List.copyOf(numbers));
        if (numbers.getFirst() == 0) {
            started.countDown();
            await(released);
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into number (n) values (?)")) {
            List<String> results = new ArrayList<>();
            for (int number : numbers) {
                insert.setInt(1, number);
                insert.executeUpdate();
                results.add("wrote " + number);
            }
            return results;
        }
    }

    List<String> insertAndBreak(Connection connection, List<Integer> numbers) throws SQLException {
        List<String> _ = insert(connection, numbers);
        throw new SQLException("the connection is broken", "08006");
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts a write on its own thread. Except for 0, returns once the write is queued. */
    static FutureTask<String> start(GroupedWrites<Integer, String> writes, int number) {
        FutureTask<String> task = new FutureTask<>(() -> writes.write(number));
        Thread thread = Thread.ofVirtual().start(task);
        while (number != 0 && thread.getState() != Thread.State.TIMED_WAITING && !task.isDone()) {
            Thread.onSpinWait();
        }
        return task;
    }

    /** Writes 0, and queues the other numbers behind it. */
    List<FutureTask<String>> startBehindZero(GroupedWrites<Integer, String> writes, int... numbers) {
        List<FutureTask<String>> tasks = new ArrayList<>();
        tasks.add(start(writes, 0));
        awaitStart();
        IntStream.of(numbers).forEach(number -> tasks.add(start(writes, number)));
        return tasks;
    }

    int count() {
        return database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    var rows = statement.executeQuery("select count(*) from number")) {
                rows.next();
                return rows.getInt(1);
            }
        });
    }

    @Override
    public void close() {
        database.close();
    }
}
