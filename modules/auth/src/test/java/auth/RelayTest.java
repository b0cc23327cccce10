package auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import database.DatabaseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import testing.Await;
import testing.TestDatabase;
import threads.LongLived;
import threads.ThreadWatch;

/** The relay, step by step, and on its own thread. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class RelayTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Republication DAY = newest(Duration.ofHours(24), 1000);

    private final UUID user = UUID.randomUUID();
    private final TestAuth auth;
    private final Sessions sessions; // whose relay does not run by itself

    RelayTest(TestDatabase kind) {
        auth = new TestAuth(kind);
        sessions = auth.untold();
    }

    private static Republication newest(Duration retention, int maxEntries) {
        return new Republication(retention, maxEntries, Long.MAX_VALUE, revocation -> 1);
    }

    /** As much as fits into so many characters of reasons. */
    private static Republication asMuchAs(long characters) {
        return new Republication(
                Duration.ofHours(24),
                100_000,
                characters,
                revocation -> revocation.reason().length());
    }

    @AfterEach
    void close() {
        auth.close();
    }

    private List<String> toldReasons() {
        return auth.invalidations.told().stream()
                .map(Invalidations.Told::reason)
                .toList();
    }

    private void revoke(String... reasons) {
        for (String reason : reasons) {
            sessions.revokeAll(user, Cause.of(reason));
        }
    }

    private Relay nextLife() {
        return new Relay(auth.revocations, auth.invalidations, auth.clock, () -> auth.isAlone, Duration.ofHours(1));
    }

    @Test
    void whatIsCommittedIsPublishedInItsOrderUnderTheIdOfItsRow() {
        revoke("one", "two", "three");
        auth.relay.step();
        assertThat(toldReasons(), is(List.of("one", "two", "three")));
        assertThat(
                auth.invalidations.told().stream()
                        .map(Invalidations.Told::eventId)
                        .toList(),
                is(auth.rows().stream().map(row -> row.eventId().toString()).toList()));
        assertThat(auth.rows().getFirst().publishedAt(), is(auth.now()));
    }

    @Test
    void whatIsPublishedIsNotPublishedAgain() {
        revoke("one");
        auth.relay.step();
        revoke("two");
        auth.relay.step();
        nextLife().step();
        assertThat(toldReasons(), is(List.of("one", "two")));
    }

    @Test
    void moreThanABatchIsPublishedInMoreThanAStep() {
        IntStream.range(0, 1001).forEach(i -> revoke("reason " + i));
        assertThat(auth.relay.step(), is(Duration.ZERO));
        assertThat(auth.relay.step(), is(Duration.ZERO));
        assertThat(auth.relay.step(), is(Duration.ofSeconds(1)));
        assertThat(
                toldReasons(),
                is(IntStream.range(0, 1001).mapToObj(i -> "reason " + i).toList()));
    }

    @Test
    void closedHubLeavesEverythingForTheNextOne() {
        auth.invalidations.close();
        revoke("one", "two");
        assertThat(auth.relay.step(), is(Duration.ofSeconds(1)));
        assertThat(auth.revocations.unpublished(10), hasSize(2));
        auth.invalidations.open();
        nextLife().step();
        assertThat(toldReasons(), is(List.of("one", "two")));
    }

    @Test
    void logThatForgetsIsToldAgainWhatItWasTold() {
        revoke("one", "two");
        auth.relay.step();
        auth.invalidations.close();
        revoke("three");
        auth.relay.step();
        auth.invalidations.open();
        auth.pass(Duration.ofHours(1)); // sessions that are opened meanwhile are not meant
        Relay next = nextLife();
        next.republish(DAY);
        assertThat(toldReasons(), is(List.of("one", "two", "one", "two", "three")));
        assertThat(
                auth.invalidations.told().get(2), is(auth.invalidations.told().get(0)));
        assertThat(
                auth.invalidations.told().stream()
                        .map(Invalidations.Told::revokedAt)
                        .toList()
                        .subList(2, 5),
                is(auth.rows().stream().map(Revocation::revokedAt).toList()));
        next.step();
        assertThat("what was republished is noted", toldReasons(), hasSize(5));
    }

    @Test
    void processThatWasReplacedCannotNoteWhatItPublishes() {
        Revocations replaced = new Revocations(auth.database, auth.clock);
        replaced.takeOver();
        auth.revocations.takeOver();
        revoke("one");
        replaced.published(replaced.unpublished(10));
        assertThat("for the gateways of the other", auth.revocations.unpublished(10), hasSize(1));
        auth.relay.step();
        assertThat(toldReasons(), is(List.of("one")));
        assertThat(auth.revocations.unpublished(10), is(empty()));
    }

    @Test
    void relayThatMayNotBeAlonePublishesAndNotesNothing() {
        revoke("one");
        auth.relay.step();
        auth.isAlone = false;
        revoke("two");
        auth.relay.step();
        assertThat(toldReasons(), is(List.of("one")));
        assertThat(auth.revocations.unpublished(10), hasSize(1));
        Relay next = nextLife();
        assertThrows(IllegalStateException.class, () -> next.republish(DAY));
        assertThat(toldReasons(), is(List.of("one")));
        assertThat(auth.revocations.unpublished(10), hasSize(1));
        auth.isAlone = true;
        auth.relay.step();
        assertThat(toldReasons(), is(List.of("one", "two")));
    }

    @Test
    void logThatForgetsIsToldAgainInMoreThanABatch() {
        IntStream.range(0, 1000).forEach(i -> revoke("reason " + i));
        nextLife().republish(DAY);
        assertThat(toldReasons(), hasSize(1000));
        nextLife().republish(DAY);
        assertThat(toldReasons().subList(1000, 2000), is(toldReasons().subList(0, 1000)));
    }

    @Test
    void newestAreToldAgainAndWhateverWasNeverTold() {
        auth.invalidations.close();
        revoke("never told");
        sessions.revokeAll(UUID.randomUUID(), Cause.of("neither"));
        auth.invalidations.open();
        List<Revocation> rows = auth.rows();
        auth.revocations.published(rows.subList(1, 2)); // as if a process had died in between
        revoke("one", "two", "three");
        auth.revocations.published(auth.rows().subList(2, 5));
        nextLife().republish(newest(Duration.ofHours(24), 2));
        assertThat(toldReasons(), is(List.of("never told", "two", "three")));
    }

    @Test
    void newestThatFitAreToldAgain() {
        auth.invalidations.close();
        revoke("1", "22", "333", "4444");
        auth.invalidations.open();
        auth.relay.step();
        assertThat(toldReasons(), hasSize(4));
        for (int room = 0; room <= 11; room++) {
            int before = toldReasons().size();
            nextLife().republish(asMuchAs(room));
            int fitting = room < 4 + 3 ? 1 : room < 4 + 3 + 2 ? 2 : room < 4 + 3 + 2 + 1 ? 3 : 4; // one at least
            List<String> told = toldReasons().subList(before, toldReasons().size());
            assertThat("in " + room, told, is(toldReasons().subList(4 - fitting, 4)));
        }
    }

    @Test
    void whatFitsIsFoundPageByPage() {
        IntStream.range(0, 1100).forEach(i -> revoke("reason " + (1000 + i)));
        auth.revocations.published(auth.rows());
        for (int fitting : List.of(499, 500, 501, 1000, 1001)) {
            int before = toldReasons().size();
            nextLife().republish(asMuchAs(11L * fitting + 10));
            assertThat(toldReasons().size() - before, is(fitting));
            assertThat(toldReasons().get(before), is("reason " + (2100 - fitting)));
            assertThat(toldReasons().getLast(), is("reason 2099"));
        }
    }

    @Test
    void whatIsOldOrHasExpiredIsNotToldAgain() {
        revoke("old");
        Session brief = auth.withTtl(Duration.ofHours(30)).open(user, null);
        auth.pass(Duration.ofHours(25));
        sessions.revoke(brief.id(), Cause.of("expires"));
        revoke("young");
        auth.relay.step();
        auth.pass(Duration.ofHours(25));
        nextLife().republish(newest(Duration.ofHours(26), 10));
        assertThat(toldReasons(), is(List.of("old", "expires", "young", "young")));
    }

    /** A gateway may not have noticed that it has. */
    @Test
    void revocationOfASessionThatHasExpiredIsToldAgainForADay() {
        Session brief = auth.withTtl(Duration.ofHours(1)).open(user, null);
        auth.pass(Duration.ofHours(2));
        sessions.revoke(brief.id(), Cause.of("expired"));
        auth.relay.step();
        auth.pass(Duration.ofHours(23));
        nextLife().republish(DAY);
        assertThat(toldReasons(), is(List.of("expired", "expired")));
    }

    @Test
    void whatIsPublishedAndHasExpiredIsDeletedInTime() {
        revoke("published");
        auth.relay.step();
        auth.invalidations.close();
        revoke("unpublished");
        auth.pass(TestAuth.TTL);
        auth.relay.step();
        assertThat("a minute later nothing is left to delete", auth.revocations.deleteExpired(10), is(0));
        assertThat(auth.revocations.unpublished(10), hasSize(1));
        auth.invalidations.open();
        auth.relay.step();
        assertThat(toldReasons(), is(List.of("published", "unpublished")));
        auth.pass(Duration.ofMinutes(1));
        auth.relay.step();
        assertThat(auth.revocations.unpublished(10), is(empty()));
        assertThat(auth.revocations.deleteExpired(10), is(0));
    }

    @Test
    void databaseThatIsAwayIsTriedAgainLessAndLessOften() {
        auth.database.close();
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waits.add(auth.relay.step());
        }
        List<Duration> sorted = new ArrayList<>(waits);
        Collections.sort(sorted);
        assertThat(waits, is(sorted));
        assertThat(waits.getFirst(), is(Duration.ofMillis(100)));
        assertThat(waits.getLast(), is(Duration.ofSeconds(5)));
        assertThrows(DatabaseException.class, () -> nextLife().start(Optional.of(DAY)));
    }

    @Test
    void whoeverAsksForItFindsItPublished() {
        try (Relay relay = nextLife()) {
            relay.start(Optional.empty());
            List<String> revoked = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                revoke("reason " + i);
                revoked.add("reason " + i);
                relay.publish();
                assertThat(toldReasons(), is(revoked));
            }
        }
    }

    @Test
    void manyThatAskAtOnceFindTheirsPublished() throws Exception {
        try (Relay relay = nextLife();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            relay.start(Optional.empty());
            List<Callable<Boolean>> callers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String reason = "reason " + i;
                callers.add(() -> {
                    sessions.revokeAll(UUID.randomUUID(), Cause.of(reason));
                    relay.publish();
                    return toldReasons().contains(reason);
                });
            }
            for (Future<Boolean> found : threads.invokeAll(callers)) {
                assertThat(found.get(), is(true));
            }
        }
        assertThat(toldReasons(), hasSize(100));
    }

    @Test
    @Timeout(60)
    void nobodyWaitsForAHubThatIsClosedOrADatabaseThatIsAway() {
        try (Relay relay = nextLife()) {
            relay.publish(); // nor for one that was not started
            relay.start(Optional.empty());
            auth.invalidations.close();
            revoke("one");
            relay.publish();
            auth.database.close();
            relay.publish();
            relay.publish();
            assertThat(toldReasons(), is(empty()));
        }
    }

    @Test
    void idleRelayFindsWhatAnotherProcessHasCommitted() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        try (Relay relay = new Relay(
                auth.revocations,
                (userId, sessionId, reason, revokedAt, eventId, traceparent) -> {
                    told.countDown();
                    return Optional.of("e-1");
                },
                auth.clock,
                () -> true)) {
            relay.start(Optional.empty());
            revoke("one");
            assertThat(told.await(LONG.toSeconds(), TimeUnit.SECONDS), is(true));
        }
    }

    @Test
    void closePublishesWhatIsCommitted() {
        Relay relay = nextLife();
        relay.start(Optional.empty());
        IntStream.range(0, 600).forEach(i -> revoke("reason " + i));
        relay.close();
        assertThat(auth.revocations.unpublished(10), is(empty()));
        assertThat(toldReasons(), hasSize(600));
    }

    @Test
    void goesOnAfterErrors() throws Exception {
        long before = ThreadWatch.failures(LongLived.RELAY);
        AtomicInteger attempts = new AtomicInteger();
        try (Relay relay = new Relay(
                auth.revocations,
                (userId, sessionId, reason, revokedAt, eventId, traceparent) -> {
                    if (attempts.incrementAndGet() <= 3) {
                        throw new StackOverflowError("test");
                    }
                    return auth.invalidations.invalidate(userId, sessionId, reason, revokedAt, eventId, traceparent);
                },
                auth.clock,
                () -> true)) {
            relay.start(Optional.empty());
            revoke("one", "two");
            Await.until("they are published", LONG, () -> toldReasons().equals(List.of("one", "two")));
        }
        assertThat(ThreadWatch.failures(LongLived.RELAY) - before, is(3L));
        assertThat(ThreadWatch.failing().contains(LongLived.RELAY), is(false));
    }

    @Test
    void whatIsNotPublishedIsCounted() {
        assertBacklog(auth.relay, 0, Duration.ZERO);
        auth.invalidations.close();
        revoke("one");
        auth.pass(Duration.ofMinutes(1));
        revoke("two");
        auth.relay.step();
        assertBacklog(auth.relay, 2, Duration.ofMinutes(1));
        auth.pass(Duration.ofMinutes(1));
        assertBacklog(auth.relay, 2, Duration.ofMinutes(2));
        revoke("three");
        auth.relay.step();
        assertBacklog(auth.relay, 3, Duration.ofMinutes(2));
        auth.invalidations.open();
        auth.relay.step();
        assertBacklog(auth.relay, 0, Duration.ZERO);
    }

    @Test
    void moreThanABatchIsCountedWhileItIsPublished() {
        IntStream.range(0, 501).forEach(i -> revoke("reason " + i));
        auth.relay.step();
        assertThat(auth.relay.backlog().revocations(), is(1L));
        auth.relay.step();
        assertThat(auth.relay.backlog().revocations(), is(0L));
    }

    /** The number is unknown then, which must not look like an empty outbox. */
    @Test
    void whatIsNotPublishedIsCountedWhileTheDatabaseIsAway() {
        auth.invalidations.close();
        revoke("one");
        auth.relay.step();
        auth.database.close();
        auth.pass(Duration.ofHours(1));
        auth.relay.step();
        assertBacklog(auth.relay, 1, Duration.ofHours(1));
    }

    @Test
    void whatIsCommittedIsCountedWhileTheRelayDoesNotRun() {
        Relay relay = nextLife();
        for (int i = 0; i < 3; i++) {
            revoke("reason " + i);
            relay.publish();
        }
        auth.pass(Duration.ofSeconds(7));
        assertBacklog(relay, 3, Duration.ofSeconds(7));
        relay.step();
        assertBacklog(relay, 0, Duration.ZERO);
    }

    @Test
    void relayThatWasNeverStartedCanBeClosed() {
        nextLife().close();
        assertThat(toldReasons(), is(empty()));
    }

    private static void assertBacklog(Relay relay, long revocations, Duration age) {
        assertThat(relay.backlog().revocations(), is(revocations));
        assertThat(relay.backlogAge(), is(age));
    }
}
