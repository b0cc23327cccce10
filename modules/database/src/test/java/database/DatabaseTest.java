package database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import testing.TestDatabase;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class DatabaseTest {

    private static final Duration SHORT = Duration.ofMillis(250); // the minimum that the pool allows

    private final String url;
    private Database database;

    DatabaseTest(TestDatabase kind) {
        url = kind.freshUrl();
        database = Database.open(DatabaseConfig.of(url));
    }

    @BeforeEach
    void create() {
        execute("create table note (id bigint generated always as identity primary key, text varchar(100) unique)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void execute(String sql) {
        boolean _ = database.inTransaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private int add(String text) {
        return database.inTransaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into note (text) values (?)")) {
                insert.setString(1, text);
                return insert.executeUpdate();
            }
        });
    }

    private static long count(Database database) {
        return database.inTransaction(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select count(*) from note")) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    @Test
    void committedDataSurvivesReopening() {
        add("one");
        database.close();
        database = Database.open(DatabaseConfig.of(url));
        assertThat(count(database), is(1L));
    }

    @Test
    void exceptionRollsTheTransactionBack() {
        RuntimeException thrown = new IllegalStateException("no");
        assertThat(
                assertThrows(
                        IllegalStateException.class,
                        () -> database.inTransaction(connection -> {
                            try (Statement statement = connection.createStatement()) {
                                statement.execute("insert into note (text) values ('one')");
                            }
                            throw thrown;
                        })),
                is(thrown));
        assertThat(count(database), is(0L));
    }

    /** Only a killed process shows whether visible data is durable: see conformance.KillTest. */
    @Test
    void visibilityBarrierLeavesNoRowsAndFailsIfTheDatabaseIsClosed() {
        add("one");
        database.makeVisibleDataDurable();
        assertThat(count(database), is(1L));
        database.close();
        assertThrows(DatabaseUnavailable.class, () -> {
            database.makeVisibleDataDurable();
            add("closed"); // on PostgreSQL, the barrier does nothing
        });
    }

    /** When a transaction is rolled back, PostgreSQL undoes the settings that were made in it. */
    @Test
    void eachTransactionExceptAMigrationHasTimeouts() {
        if (database.isH2()) {
            return; // the timeout is in its URL
        }
        for (int i = 0; i < 3; i++) {
            assertThat(database.read(connection -> setting(connection, "lock_timeout")), is("5s"));
            assertThat(database.inTransaction(connection -> setting(connection, "statement_timeout")), is("25s"));
            assertThrows(DatabaseException.class, () -> execute("this is no statement"));
            assertThat(database.inMigration(connection -> setting(connection, "lock_timeout")), is("0"));
            assertThat(database.inMigration(connection -> setting(connection, "statement_timeout")), is("0"));
            assertThat(database.inMigration(Connection::getNetworkTimeout), is(0));
            assertThat(database.read(Connection::getNetworkTimeout), is(30_000));
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void refusedStatementIsNotTransient() {
        add("one");
        DatabaseException refused = assertThrows(DatabaseException.class, () -> add("one"));
        assertThat(refused.getClass(), is(DatabaseException.class));
        assertThat(count(database), is(1L));
    }

    @Test
    void lackOfAFreeConnectionIsTransient() throws Exception {
        DatabaseConfig one = new DatabaseConfig(url, "", "", 1);
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (Database small = Database.open(one, SHORT);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> holder = threads.submit(() -> small.inTransaction(connection -> {
                taken.countDown();
                awaitUninterrupted(done);
                return 1;
            }));
            taken.await();
            assertThat(
                    assertThrows(DatabaseUnavailable.class, () -> count(small)).isDown(), is(false));
            done.countDown();
            assertThat(holder.get(), is(1));
            assertThat(count(small), is(0L));
        }
    }

    @Test
    void closedDatabaseIsDown() {
        database.close();
        assertThat(assertThrows(DatabaseUnavailable.class, () -> add("one")).isDown(), is(true));
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void twoHundredCallersAllGetAConnection() throws Exception {
        List<Callable<Integer>> callers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String text = "caller " + i;
            callers.add(() -> add(text));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> added : threads.invokeAll(callers)) {
                assertThat(added.get(), is(1));
            }
        }
        assertThat(count(database), is(200L));
    }

    @Test
    void interruptedCallerLeavesTheDatabaseOpenForOthers() {
        for (int i = 0; i < 20; i++) {
            String text = "caller " + i;
            Thread.currentThread().interrupt();
            try {
                add(text);
            } catch (DatabaseException e) {
                assertThat(e, is(instanceOf(DatabaseUnavailable.class)));
            } finally {
                Thread.interrupted();
            }
        }
        assertThat(add("afterwards"), is(1));
    }

    @Test
    void isWritableWhileItIsOpen() {
        assertThat(database.isWritable(), is(true));
        database.close();
        assertThat(database.isWritable(), is(false));
    }
}
