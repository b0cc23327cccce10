package database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import testing.TestDatabase;

@ParameterizedClass
@EnumSource(TestDatabase.class)
@Timeout(60)
class GroupedWritesTest {

    private final Database database;
    private final List<List<Integer>> groups = new CopyOnWriteArrayList<>();
    private final CountDownLatch firstIsUnderWay = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);

    GroupedWritesTest(TestDatabase kind) {
        database = Database.open(new DatabaseConfig(kind.freshUrl(), "", "", 4));
    }

    @BeforeEach
    void makeTable() {
        int _ = database.inMigration(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table number (n integer primary key)");
                return 0;
            }
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    private GroupedWrites<Integer, String> writes(Duration patience) {
        return new GroupedWrites<>(database, this::insert, patience, patience);
    }

    /** The first group waits until it is told to go on. */
    private List<String> insert(Connection connection, List<Integer> numbers) throws SQLException {
        groups.add(List.copyOf(numbers));
        if (numbers.getFirst() == 0) {
            firstIsUnderWay.countDown();
            await(mayGoOn);
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

    private List<String> insertAndBreak(Connection connection, List<Integer> numbers) throws SQLException {
        List<String> _ = insert(connection, numbers);
        throw new SQLException("the connection is broken", "08006");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts a write in a thread of its own, once those before it are queued. */
    private static FutureTask<String> start(GroupedWrites<Integer, String> writes, int number) {
        FutureTask<String> task = new FutureTask<>(() -> writes.write(number));
        Thread thread = Thread.ofVirtual().start(task);
        while (number != 0 && thread.getState() != Thread.State.TIMED_WAITING && !task.isDone()) {
            Thread.onSpinWait();
        }
        return task;
    }

    private List<FutureTask<String>> startBehindAFirst(GroupedWrites<Integer, String> writes, int... numbers)
            throws Exception {
        List<FutureTask<String>> tasks = new ArrayList<>();
        tasks.add(start(writes, 0));
        firstIsUnderWay.await();
        IntStream.of(numbers).forEach(number -> tasks.add(start(writes, number)));
        return tasks;
    }

    private int count() {
        return database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    var rows = statement.executeQuery("select count(*) from number")) {
                rows.next();
                return rows.getInt(1);
            }
        });
    }

    @Test
    void writesThatComeMeanwhileShareTheNextTransactionInTheirOrder() throws Exception {
        List<FutureTask<String>> tasks = startBehindAFirst(writes(Database.PATIENCE), 3, 1, 2);
        mayGoOn.countDown();
        assertThat(tasks.get(0).get(), is("wrote 0"));
        assertThat(tasks.get(1).get(), is("wrote 3"));
        assertThat(tasks.get(3).get(), is("wrote 2"));
        assertThat(groups, is(List.of(List.of(0), List.of(3, 1, 2))));
        assertThat(count(), is(4));
    }

    @Test
    void writeThatIsRefusedSpoilsNoOther() throws Exception {
        List<FutureTask<String>> tasks = startBehindAFirst(writes(Database.PATIENCE), 1, 0, 2); // 0 is there by then
        mayGoOn.countDown();
        assertThat(tasks.get(1).get(), is("wrote 1"));
        assertThat(
                assertThrows(ExecutionException.class, () -> tasks.get(2).get()).getCause()
                        instanceof DatabaseException,
                is(true));
        assertThat(tasks.get(3).get(), is("wrote 2"));
        assertThat(count(), is(3));
    }

    @Test
    void loneWriteThatIsRefusedIsNotTriedAgain() {
        GroupedWrites<Integer, String> writes = writes(Database.PATIENCE);
        writes.write(1);
        assertThrows(DatabaseException.class, () -> writes.write(1));
        assertThat(groups, hasSize(2));
    }

    @Test
    void writeThatFailsForAnyOtherReasonHoldsNobodyUp() {
        GroupedWrites<Integer, String> failing = new GroupedWrites<>(database, (connection, numbers) -> {
            throw new IllegalStateException("injected");
        });
        assertThrows(IllegalStateException.class, () -> failing.write(1));
        assertThrows(IllegalStateException.class, () -> failing.write(2));
    }

    @Test
    void writeThatWaitsTooLongIsGivenUpBeforeItIsDone() throws Exception {
        List<FutureTask<String>> tasks = startBehindAFirst(writes(Duration.ofMillis(50)), 1);
        assertThat(
                assertThrows(ExecutionException.class, () -> tasks.get(1).get()).getCause()
                        instanceof DatabaseUnavailable,
                is(true));
        mayGoOn.countDown();
        assertThat(tasks.get(0).get(), is("wrote 0"));
        assertThat(count(), is(1));
    }

    /** One after the other they would each wait as long as the first one has. */
    @Test
    void allThatWaitFailWithAFirstThatFindsTheDatabaseAway() throws Exception {
        GroupedWrites<Integer, String> writes =
                new GroupedWrites<>(database, this::insertAndBreak, Database.PATIENCE, Duration.ZERO);
        List<FutureTask<String>> tasks = startBehindAFirst(writes, 1, 2, 3);
        mayGoOn.countDown();
        for (FutureTask<String> task : tasks) {
            ExecutionException failed = assertThrows(ExecutionException.class, task::get);
            assertThat(failed.getCause() instanceof DatabaseUnavailable away && away.isAway(), is(true));
        }
        assertThat(groups, is(List.of(List.of(0))));
    }

    @Test
    void writesBehindAConnectionThatBreaksAtOnceHaveAnother() throws Exception {
        GroupedWrites<Integer, String> writes = new GroupedWrites<>(
                database,
                (connection, numbers) ->
                        numbers.contains(0) ? insertAndBreak(connection, numbers) : insert(connection, numbers),
                Database.PATIENCE,
                Duration.ofMinutes(1));
        List<FutureTask<String>> tasks = startBehindAFirst(writes, 1, 2);
        mayGoOn.countDown();
        assertThrows(ExecutionException.class, () -> tasks.get(0).get());
        assertThat(tasks.get(1).get(), is("wrote 1"));
        assertThat(tasks.get(2).get(), is("wrote 2"));
    }

    /** H2 has no other process that could lock a row for long. */
    @Test
    void lockedRowHoldsUpNoOtherWrite() throws Exception {
        assumeFalse(database.isH2());
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Thread holder = Thread.ofVirtual().start(() -> {
            assertThrows(
                    IllegalStateException.class,
                    () -> database.inTransaction(connection -> {
                        List<String> _ = insert(connection, List.of(5));
                        locked.countDown();
                        await(release);
                        throw new IllegalStateException("rolls back");
                    }));
        });
        locked.await();
        GroupedWrites<Integer, String> writes = writes(Database.PATIENCE);
        FutureTask<String> behind = new FutureTask<>(() -> writes.write(5));
        Thread.ofVirtual().start(behind);
        assertThat(writes.write(6), is("wrote 6"));
        assertThat(writes.write(7), is("wrote 7"));
        assertThat(behind.isDone(), is(false));
        release.countDown();
        holder.join();
        assertThat(behind.get(), is("wrote 5"));
    }

    @Test
    void interruptDoesNotEndTheWait() throws Exception {
        GroupedWrites<Integer, String> writes = writes(Database.PATIENCE);
        FutureTask<String> first = start(writes, 0);
        firstIsUnderWay.await();
        FutureTask<Boolean> second = new FutureTask<>(() -> {
            Thread.currentThread().interrupt();
            return writes.write(1).equals("wrote 1") && Thread.interrupted();
        });
        Thread.ofVirtual().start(second);
        mayGoOn.countDown();
        assertThat(second.get(), is(true));
        assertThat(first.get(), is("wrote 0"));
    }

    @Test
    void manyAtOnceAreEachDoneOnceInFewTransactions() throws Exception {
        mayGoOn.countDown();
        GroupedWrites<Integer, String> writes = writes(Database.PATIENCE);
        List<FutureTask<String>> tasks = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            int number = i;
            FutureTask<String> task = new FutureTask<>(() -> writes.write(number));
            tasks.add(task);
            Thread.ofVirtual().start(task);
        }
        for (int i = 0; i < tasks.size(); i++) {
            assertThat(tasks.get(i).get(), is("wrote " + i));
        }
        assertThat(count(), is(2000));
        assertThat(groups.size(), is(lessThan(2000)));
        assertThat(groups.stream().mapToInt(List::size).max().orElseThrow() <= GroupedWrites.MAX_GROUP, is(true));
    }
}
