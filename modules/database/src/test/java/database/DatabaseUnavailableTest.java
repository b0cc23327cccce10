package database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import testing.Fault;
import testing.TestDatabase;
import testing.UnreliableProxy;

/** Whether a database is busy or down. */
class DatabaseUnavailableTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    private static boolean isDown(SQLException failure) {
        DatabaseException seen = DatabaseException.of(failure);
        assertThat(seen, is(instanceOf(DatabaseUnavailable.class)));
        return ((DatabaseUnavailable) seen).isDown();
    }

    private static int ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 1")) {
            row.next();
            return row.getInt(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "08001, true", // cannot connect
        "08006, true", // the connection broke
        "25006, true", // a standby
        "57P01, true", // the administrator ended the connection
        "57P03, true", // the server is starting
        "58030, true", // it cannot read or write
        "90098, true", // H2 has closed itself
        "40001, false", // a conflict
        "40P01, false", // a deadlock
        "53300, false", // too many connections
        "55P03, false", // a lock was held for too long
        "57014, false", // a statement took too long
        "HYT00, false" // of H2: a lock was held for too long
    })
    void stateDistinguishesBusyFromDown(String state, boolean down) {
        assertThat(isDown(new SQLException("no", state)), is(down));
        // The exception of a pool that could not connect.
        SQLException pools = new SQLTransientConnectionException("timed out", state, new SQLException("no", state));
        assertThat(isDown(pools), is(down));
    }

    @Test
    void poolWhoseConnectionsAreAllInUseIsBusy() {
        assertThat(isDown(new SQLTransientConnectionException("timed out")), is(false));
    }

    @Test
    void unreadableFileIsDown() {
        assertThat(isDown(new SQLException("no", "HY000", new MVStoreException(1, "no"))), is(true));
    }

    @Test
    void unreachableServerIsDown() throws Exception {
        String url = TestDatabase.POSTGRESQL.freshUrl();
        URI server = URI.create(url.substring("jdbc:".length()));
        Fault never = new Fault(Fault.Kind.CUT, Duration.ofDays(1), Duration.ZERO);
        UnreliableProxy proxy = new UnreliableProxy(server.getPort(), () -> never);
        String behind = url.replaceFirst("//[^/]+/", "//127.0.0.1:" + proxy.port() + "/");
        try (proxy;
                Database database = Database.open(new DatabaseConfig(behind, "", "", 1), SHORT)) {
            int one = database.inTransaction(DatabaseUnavailableTest::ask);
            assertThat(one, is(1));
            proxy.close();
            for (int i = 0; i < 3; i++) { // the first may find that its connection is broken, later ones find none
                DatabaseUnavailable unavailable = assertThrows(
                        DatabaseUnavailable.class, () -> database.inTransaction(DatabaseUnavailableTest::ask));
                assertThat(unavailable.getMessage(), unavailable.isDown(), is(true));
            }
        }
    }
}
