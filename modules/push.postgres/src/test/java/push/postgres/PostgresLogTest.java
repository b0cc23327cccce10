package push.postgres;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import logcontract.CheckedTail.Life;
import logcontract.TestEvent;
import org.junit.jupiter.api.Test;
import push.engine.spi.Appended;
import push.engine.spi.Appended.Position;
import testing.TestDatabase;

/** What a log in PostgreSQL promises beyond the contract of every log. */
class PostgresLogTest {

    private static final UUID USER = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);
    private static final int EVENTS = 500;

    private final String url = TestDatabase.POSTGRESQL.freshUrl();

    private void sql(String statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    @Test
    void twoHubsHaveOneOrderWithoutHoles() throws Exception {
        try (HubOfTest one = new HubOfTest(url);
                HubOfTest two = new HubOfTest(url)) {
            List<CompletableFuture<Appended>> appends = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                appends.add(one.append(TestEvent.of(USER, "a" + i)));
                appends.add(two.append(TestEvent.of(OTHER, "b" + i)));
            }
            one.awaitEvents(2 * EVENTS);
            two.awaitEvents(2 * EVENTS);
            assertThat(
                    one.sequences(),
                    is(LongStream.rangeClosed(1, 2 * EVENTS).boxed().toList()));
            assertThat(two.texts(), is(one.texts()));
            for (int i = 0; i < appends.size(); i++) {
                Position position = (Position) appends.get(i).get(1, TimeUnit.MINUTES);
                String text = (i % 2 == 0 ? "a" : "b") + i / 2;
                assertThat(one.texts().get((int) position.sequence() - 1), is(text));
            }
        }
    }

    @Test
    void anEventIsStoredOnceThoughItsHubsConnectionsBreak() throws Exception {
        try (HubOfTest hub = new HubOfTest(url)) {
            List<CompletableFuture<Appended>> appends = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                texts.add("e" + i);
                appends.add(hub.append(TestEvent.of(USER, "e" + i)));
                if (i % 50 == 49) {
                    sql("select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'push%'"
                            + " and datname = current_database() and pid <> pg_backend_pid()");
                }
            }
            for (CompletableFuture<Appended> append : appends) {
                assertThat(append.get(1, TimeUnit.MINUTES) instanceof Position, is(true));
            }
            hub.awaitEvents(EVENTS);
            assertThat(hub.texts(), is(texts));
        }
    }

    @Test
    void aBatchThatWasGivenUpIsNotStoredAfterALaterOne() throws Exception {
        try (HubOfTest hub = new HubOfTest(url)) {
            String append = "select push_append('00000000-0000-0000-0000-000000000009', %d, '{null}',"
                    + " '{00000000-0000-0000-0000-000000000001}', '{00000000-0000-0000-0000-000000000000}', '{false}',"
                    + " array['00000000-0000-0001-0000-000000000001ctext'::bytea])";
            sql(append.formatted(2));
            sql(append.formatted(2)); // sent again: the same result
            SQLException refused = assertThrows(SQLException.class, () -> sql(append.formatted(1)));
            assertThat(refused.getMessage(), containsString("the batch 1 comes after the batch 2"));
            hub.awaitEvents(1);
            Position next = hub.stored(TestEvent.of(USER, "next"));
            assertThat(next.sequence(), is(2L));
        }
    }

    @Test
    void aRestartIsNoNewLifeAndKeepsEverything() throws Exception {
        Life before;
        try (HubOfTest hub = new HubOfTest(url)) {
            hub.stored(TestEvent.of(USER, "a"));
            hub.awaitEvents(1);
            before = hub.tail.lives().getLast();
        }
        try (HubOfTest hub = new HubOfTest(url)) {
            hub.stored(TestEvent.of(USER, "b"));
            hub.awaitEvents(2);
            assertThat(hub.tail.lives(), contains(before));
            assertThat(hub.texts(), contains("a", "b"));
        }
    }

    @Test
    void theTimeOfPublicationIsTheDatabases() throws Exception {
        try (HubOfTest hub = new HubOfTest(url)) {
            hub.stored(TestEvent.of(USER, "a"));
            hub.awaitEvents(1);
            Instant inHalfAnHour = Instant.now().plus(Duration.ofMinutes(30));
            assertThat(hub.tail.received().getFirst().publishedAt(), is(lessThan(inHalfAnHour)));
        }
    }

    @Test
    void aLogThatEndsBeforeWhatAHubHasReadBeginsANewLife() throws Exception {
        expectANewLifeAfter("delete from push_event where seq = 3;"
                + " update push_log set seq = 2, writer = pg_current_xact_id()::xid,"
                + " stamp = (select stamp from push_event where seq = 2)");
    }

    @Test
    void aLogWithAnotherEventWhereAHubHasReadOneBeginsANewLife() throws Exception {
        expectANewLifeAfter(
                "with other as (update push_event set stamp = gen_random_uuid() where seq = 3 returning stamp)"
                        + " update push_log set stamp = (select stamp from other), writer = pg_current_xact_id()::xid");
    }

    @Test
    void aRestoredCopyOfTheHeadBeginsANewLife() throws Exception {
        expectANewLifeAfter("update push_log set seq = seq");
    }

    private void expectANewLifeAfter(String statements) throws Exception {
        try (HubOfTest one = new HubOfTest(url);
                HubOfTest two = new HubOfTest(url)) {
            one.stored(TestEvent.of(USER, "a"));
            one.stored(TestEvent.of(USER, "b"));
            one.stored(TestEvent.of(USER, "c"));
            one.awaitEvents(3);
            two.awaitEvents(3);
            sql(statements);
            one.awaitLives(2);
            two.awaitLives(2);
            Life life = one.tail.lives().getLast();
            assertThat(two.tail.lives().getLast(), is(life));
            assertThat(life.bornEmpty(), is(true));
            assertThat(life.epoch(), is(not(one.tail.lives().getFirst().epoch())));
            Position next = two.stored(TestEvent.of(USER, "d"));
            assertThat(next, is(new Position(life.epoch(), life.base() + 1)));
            one.awaitEvents(4);
        }
    }

    @Test
    void anEmptyDatabaseUnderARunningHubIsANewLife() throws Exception {
        try (HubOfTest hub = new HubOfTest(url)) {
            hub.stored(TestEvent.of(USER, "a"));
            hub.awaitEvents(1);
            sql("drop schema public cascade; create schema public; select pg_terminate_backend(pid)"
                    + " from pg_stat_activity where application_name like 'push%' and datname = current_database()"
                    + " and pid <> pg_backend_pid()");
            hub.awaitLives(2);
            Position position = hub.stored(TestEvent.of(USER, "b"));
            assertThat(position.sequence(), is(1L));
        }
    }

    @Test
    void anInvalidationOutlivesTheEventsAroundIt() throws Exception {
        TestEvent first = new TestEvent(USER, true, "revoked", null);
        try (HubOfTest hub = new HubOfTest(url)) {
            hub.stored(first);
            hub.stored(new TestEvent(USER, true, "revoked again", null));
            hub.stored(TestEvent.of(USER, "a"));
            sql("select push_sweep(interval '0', 1000000, interval '1 day', 1000)");
            Position last = hub.stored(TestEvent.of(USER, "b"));
            try (HubOfTest later = new HubOfTest(url)) {
                later.awaitEvents(1);
                assertThat(later.texts(), contains("b"));
                assertThat(later.tail.lives(), hasSize(1));
                assertThat(later.tail.lives().getFirst().base(), is(last.sequence() - 1));
                assertThat(later.tail.lives().getFirst().bornEmpty(), is(false));
                assertThat(later.tail.restored(), contains("revoked again"));
            }
        }
    }

    @Test
    void eventsBeyondTheBytesAreRemovedOldestFirst() throws Exception {
        try (HubOfTest hub = new HubOfTest(url)) {
            for (int i = 0; i < 10; i++) {
                hub.stored(TestEvent.of(USER, "e" + i)); // 39 bytes each
            }
            sql("select push_sweep(interval '1 hour', 100, interval '1 day', 1000)");
        }
        try (HubOfTest later = new HubOfTest(url)) {
            assertThat(later.texts(), contains("e8", "e9"));
            assertThat(later.log.last().toCompletableFuture().get().sequence(), is(greaterThan(9L)));
        }
    }

    @Test
    void oneHubAtATimePublishesAgainWhatANewLifeLacks() throws Exception {
        try (HubOfTest one = new HubOfTest(url);
                HubOfTest two = new HubOfTest(url)) {
            assertThat(
                    List.of(one.log.claimRepublication(), two.log.claimRepublication()),
                    containsInAnyOrder(true, false));
            assertThat(one.log.claimRepublication(), is(true)); // it has the task already
            one.log.endRepublication();
            assertThat(two.log.claimRepublication(), is(false));
            try (HubOfTest three = new HubOfTest(url)) {
                assertThat(three.log.claimRepublication(), is(false));
            }
        }
    }
}
