package database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.TestDatabase;

/** Each transaction on PostgreSQL has its timeouts, whatever was set or rolled back on its connection before. */
class TimeoutsTest {

    private static List<String> timeouts(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select current_setting('lock_timeout') || ' ' || current_setting('statement_timeout')")) {
            row.next();
            return Arrays.asList(row.getString(1).split(" "));
        }
    }

    /** If the URL has options, a connection does not start with the default timeouts. */
    @ParameterizedTest
    @ValueSource(strings = {"", "&options=-c%20synchronous_commit=on"})
    void transactionHasItsTimeouts(String options) {
        String url = TestDatabase.POSTGRESQL.freshUrl() + options;
        try (Database database = Database.open(new DatabaseConfig(url, "", "", 1))) {
            for (int round = 0; round < 2; round++) {
                assertThat(database.read(TimeoutsTest::timeouts), is(List.of("5s", "25s")));
                assertThat(
                        database.commit(TimeoutsTest::timeouts, Timeouts.SHORT).result(), is(List.of("200ms", "5s")));
                assertThat(database.inMigration(TimeoutsTest::timeouts), is(List.of("0", "0")));
                assertThrows(
                        IllegalStateException.class,
                        () -> database.inTransaction(connection -> {
                            throw new IllegalStateException("rolls back");
                        }));
            }
        }
    }
}
