package database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import testing.TestDatabase;

/** Concurrent writes share transactions, in the order of their arrival. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@Timeout(60)
class GroupedWritesTest {

    private final NumberTable table;

    GroupedWritesTest(TestDatabase kind) {
        table = new NumberTable(kind);
    }

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void writesDuringATransactionShareTheNextOneInTheirOrder() throws Exception {
        List<FutureTask<String>> tasks = table.startBehindZero(table.writes(Database.WAIT_TIMEOUT), 3, 1, 2);
        table.release();
        assertThat(tasks.get(0).get(), is("wrote 0"));
        assertThat(tasks.get(1).get(), is("wrote 3"));
        assertThat(tasks.get(3).get(), is("wrote 2"));
        assertThat(table.groups, is(List.of(List.of(0), List.of(3, 1, 2))));
        assertThat(table.count(), is(4));
    }

    @Test
    void writeThatWaitsTooLongIsNeverExecuted() throws Exception {
        List<FutureTask<String>> tasks = table.startBehindZero(table.writes(Duration.ofMillis(50)), 1);
        assertThat(
                assertThrows(ExecutionException.class, () -> tasks.get(1).get()).getCause()
                        instanceof DatabaseUnavailable,
                is(true));
        table.release();
        assertThat(tasks.get(0).get(), is("wrote 0"));
        assertThat(table.count(), is(1));
    }

    @Test
    void interruptDoesNotEndTheWait() throws Exception {
        GroupedWrites<Integer, String> writes = table.writes(Database.WAIT_TIMEOUT);
        FutureTask<String> first = NumberTable.start(writes, 0);
        table.awaitStart();
        FutureTask<Boolean> second = new FutureTask<>(() -> {
            Thread.currentThread().interrupt();
            return writes.write(1).equals("wrote 1") && Thread.interrupted();
        });
        Thread.ofVirtual().start(second);
        table.release();
        assertThat(second.get(), is(true));
        assertThat(first.get(), is("wrote 0"));
    }

    @Test
    void manyWritesAreExecutedOnceEachInFewTransactions() throws Exception {
        table.release();
        GroupedWrites<Integer, String> writes = table.writes(Database.WAIT_TIMEOUT);
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
        assertThat(table.count(), is(2000));
        assertThat(table.groups.size(), is(lessThan(2000)));
        assertThat(table.groups.stream().mapToInt(List::size).max().orElseThrow() <= GroupedWrites.MAX_GROUP, is(true));
    }
}
