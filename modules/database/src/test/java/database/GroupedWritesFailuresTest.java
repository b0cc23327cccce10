package database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import testing.TestDatabase;

/** A write that fails affects no other write, unless the database is unavailable. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@Timeout(60)
class GroupedWritesFailuresTest {

    private final NumberTable table;

    GroupedWritesFailuresTest(TestDatabase kind) {
        table = new NumberTable(kind);
    }

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void refusedWriteDoesNotMakeOthersFail() throws Exception {
        // By then, the table has the 0.
        List<FutureTask<String>> tasks = table.startBehindZero(table.writes(Database.WAIT_TIMEOUT), 1, 0, 2);
        table.release();
        assertThat(tasks.get(1).get(), is("wrote 1"));
        assertThat(
                assertThrows(ExecutionException.class, () -> tasks.get(2).get()).getCause()
                        instanceof DatabaseException,
                is(true));
        assertThat(tasks.get(3).get(), is("wrote 2"));
        assertThat(table.count(), is(3));
    }

    @Test
    void refusedWriteAloneInItsGroupIsNotRetried() {
        GroupedWrites<Integer, String> writes = table.writes(Database.WAIT_TIMEOUT);
        writes.write(1);
        assertThrows(DatabaseException.class, () -> writes.write(1));
        assertThat(table.groups, hasSize(2));
    }

    @Test
    void writeThatFailsForAnotherReasonDoesNotBlockTheNext() {
        GroupedWrites<Integer, String> failing = new GroupedWrites<>(table.database, (connection, numbers) -> {
            throw new IllegalStateException("injected");
        });
        assertThrows(IllegalStateException.class, () -> failing.write(1));
        assertThrows(IllegalStateException.class, () -> failing.write(2));
    }

    /** If they were executed one after the other, each would wait as long as the first one. */
    @Test
    void waitingWritesFailTogetherIfTheDatabaseIsDown() throws Exception {
        GroupedWrites<Integer, String> writes =
                new GroupedWrites<>(table.database, table::insertAndBreak, Database.WAIT_TIMEOUT, Duration.ZERO);
        List<FutureTask<String>> tasks = table.startBehindZero(writes, 1, 2, 3);
        table.release();
        for (FutureTask<String> task : tasks) {
            ExecutionException failed = assertThrows(ExecutionException.class, task::get);
            assertThat(failed.getCause() instanceof DatabaseUnavailable down && down.isDown(), is(true));
        }
        assertThat(table.groups, is(List.of(List.of(0))));
    }

    @Test
    void writesBehindAConnectionThatBreaksAtOnceGetAnother() throws Exception {
        GroupedWrites<Integer, String> writes = new GroupedWrites<>(
                table.database,
                (connection, numbers) -> numbers.contains(0)
                        ? table.insertAndBreak(connection, numbers)
                        : table.insert(connection, numbers),
                Database.WAIT_TIMEOUT,
                Duration.ofMinutes(1));
        List<FutureTask<String>> tasks = table.startBehindZero(writes, 1, 2);
        table.release();
        assertThrows(ExecutionException.class, () -> tasks.get(0).get());
        assertThat(tasks.get(1).get(), is("wrote 1"));
        assertThat(tasks.get(2).get(), is("wrote 2"));
    }

    /** H2 has no other process that could lock a row for long. */
    @Test
    void lockedRowDelaysNoOtherWrite() throws Exception {
        assumeFalse(table.database.isH2());
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Thread holder = Thread.ofVirtual().start(() -> {
            assertThrows(
                    IllegalStateException.class,
                    () -> table.database.inTransaction(connection -> {
                        List<String> _ = table.insert(connection, List.of(5));
                        locked.countDown();
                        NumberTable.await(release);
                        throw new IllegalStateException("rolls back");
                    }));
        });
        locked.await();
        GroupedWrites<Integer, String> writes = table.writes(Database.WAIT_TIMEOUT);
        FutureTask<String> behind = new FutureTask<>(() -> writes.write(5));
        Thread.ofVirtual().start(behind);
        assertThat(writes.write(6), is("wrote 6"));
        assertThat(writes.write(7), is("wrote 7"));
        assertThat(behind.isDone(), is(false));
        release.countDown();
        holder.join();
        assertThat(behind.get(), is("wrote 5"));
    }
}
