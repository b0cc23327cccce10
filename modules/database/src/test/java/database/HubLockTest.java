package database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import testing.Await;
import testing.TestDatabase;

@Timeout(60)
class HubLockTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(10);

    private final DatabaseConfig config = DatabaseConfig.of(TestDatabase.POSTGRESQL.freshUrl());

    private HubLock taken() {
        return HubLock.acquire(config, LONG).orElseThrow();
    }

    /** Breaks the connection that has the lock, as a restart of the server does. */
    private boolean breakConnection() throws SQLException {
        try (Connection connection = DriverManager.getConnection(config.url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where datname = current_database() and application_name = 'push lock'")) {
            return rows.next();
        }
    }

    @Test
    void secondHubIsRefusedWithTheReason() {
        try (HubLock lock = taken()) {
            assertThat(lock.isHeld(), is(true));
            var refused = assertThrows(IllegalArgumentException.class, () -> HubLock.acquire(config, SHORT));
            assertThat(
                    refused.getMessage(),
                    allOf(
                            containsString("is in use by another hub at 127.0.0.1"),
                            containsString(
                                    "stop the other hub, name another database, or set push.log: postgres at every hub")));
        }
    }

    @Test
    void nextHubAcquiresTheLockAfterTheFirstHasEnded() {
        taken().close();
        taken().close();
    }

    @Test
    void otherDatabaseOfTheServerHasItsOwnLock() {
        try (HubLock _ = taken();
                HubLock other = HubLock.acquire(DatabaseConfig.of(TestDatabase.POSTGRESQL.freshUrl()), SHORT)
                        .orElseThrow()) {
            assertThat(other.isHeld(), is(true));
        }
    }

    @Test
    void hubWaitsForTheLockOfAHubThatEnds() throws Exception {
        HubLock first = taken();
        Thread closing = Thread.ofVirtual().start(first::close);
        try (HubLock second = taken()) {
            assertThat(second.isHeld(), is(true));
        }
        closing.join();
    }

    @Test
    void brokenConnectionIsReplacedAndTheLockReacquired() throws Exception {
        try (HubLock lock = taken()) {
            assertThat(breakConnection(), is(true));
            Await.until("it is noticed", LONG, () -> !lock.isHeld());
            Await.until("it is held again", LONG, lock::isHeld);
            assertThrows(IllegalArgumentException.class, () -> HubLock.acquire(config, SHORT));
            assertThat(lock.isTakenByAnother(), is(false));
        }
    }

    @Test
    void hubNoticesThatAnotherHubHasTheLock() throws Exception {
        try (HubLock lock = taken()) {
            assertThat(breakConnection(), is(true));
            try (LockSession other = LockSession.open(config)) {
                assertThat("faster than the watch", other.tryLock(), is(true));
                Await.until("it gives up", LONG, lock::isTakenByAnother);
                assertThat(lock.isHeld(), is(false));
            }
        }
    }

    @Test
    void directUrlOfAnotherDatabaseIsRefused() {
        DatabaseConfig wrong = new DatabaseConfig(config.url(), "", "", 1, TestDatabase.POSTGRESQL.freshUrl());
        var refused = assertThrows(IllegalArgumentException.class, () -> HubLock.acquire(wrong, SHORT));
        assertThat(refused.getMessage(), containsString("leads to a different database than auth.db.url"));
        taken().close(); // nothing is held
    }

    @Test
    void h2NeedsNoLock() {
        assertThat(HubLock.acquire(DatabaseConfig.of(TestDatabase.H2.freshUrl())), is(Optional.empty()));
    }
}
