package auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import database.DatabaseUnavailable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import testing.TestDatabase;

/** Another client of PostgreSQL keeps a user's row locked: each call that revokes gets a response. */
@Timeout(60)
class LockedUserTest {

    private static final int CALLERS = 8;

    private final TestAuth auth = new TestAuth(TestDatabase.POSTGRESQL);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.close();
        auth.close();
    }

    private boolean isRefused(UUID session) {
        try {
            auth.sessions.revoke(session, RevocationContext.of("stolen"));
            return false;
        } catch (DatabaseUnavailable e) {
            return true;
        }
    }

    private List<Boolean> revokeAtOnce(UUID session) throws Exception {
        List<Future<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            calls.add(threads.submit(() -> isRefused(session)));
        }
        List<Boolean> refused = new ArrayList<>();
        for (Future<Boolean> call : calls) {
            refused.add(call.get());
        }
        return refused;
    }

    /** How many connections of this database wait for a lock, or have an unfinished transaction. */
    private static int stuck(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from pg_stat_activity where"
                        + " datname = current_database() and pid <> pg_backend_pid()"
                        + " and (wait_event_type = 'Lock' or state like 'idle in transaction%')")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void callersBehindALockedRowAreAnsweredAndLeaveNothingBehind() throws Exception {
        UUID user = UUID.randomUUID();
        UUID session = auth.sessions.open(user, null).id();
        try (Connection connection = DriverManager.getConnection(auth.url);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select * from session_owner where user_id = '" + user + "' for update");
            // The second time on connections whose transactions were rolled back, including what was set in them.
            for (int round = 0; round < 2; round++) {
                assertThat(revokeAtOnce(session), is(List.of(true, true, true, true, true, true, true, true)));
                assertThat(stuck(connection), is(0));
            }
            connection.rollback();
        }
        assertThat(revokeAtOnce(session).contains(true), is(false));
        assertThat(auth.rows().size(), is(1));
    }
}
