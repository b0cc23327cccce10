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
import java.util.concurrent.CompletableFuture;
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
import push.api.Outcome;
import testing.Await;
import testing.TestDatabase;
import threads.LongLived;
import threads.ThreadWatch;

/** Steps of the relay, and the relay on its own thread. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class RelayTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Republication DAY =
            new Republication(Duration.ofHours(24), 1000, Long.MAX_VALUE, revocation -> 1);

    private final UUID user = UUID.randomUUID();
    private final TestAuth auth;
    private final Sessions sessions; // the tests run the relay

    RelayTest(TestDatabase kind) {
        auth = new TestAuth(kind);
        sessions = auth.withoutRelay();
    }

    @AfterEach
    void close() {
        auth.close();
    }

    private void revoke(String... reasons) {
        for (String reason : reasons) {
            sessions.revokeAll(user, RevocationContext.of(reason));
        }
    }

    private List<String> publishedReasons() {
        return auth.invalidations.reasons();
    }

    @Test
    void revocationsArePublishedInCommitOrderUnderTheirEventIds() {
        revoke("one", "two", "three");
        auth.relay.step();
        assertThat(publishedReasons(), is(List.of("one", "two", "three")));
        assertThat(
                auth.invalidations.published().stream()
                        .map(RecordingInvalidator.Invalidation::eventId)
                        .toList(),
                is(auth.rows().stream().map(row -> row.eventId().toString()).toList()));
        assertThat(auth.rows().getFirst().publishedAt(), is(auth.now()));
    }

    @Test
    void publishedRevocationIsNotPublishedAgain() {
        revoke("one");
        auth.relay.step();
        revoke("two");
        auth.relay.step();
        auth.nextRelay().step();
        assertThat(publishedReasons(), is(List.of("one", "two")));
    }

    @Test
    void moreThanABatchNeedsSeveralSteps() {
        IntStream.range(0, 1001).forEach(i -> revoke("reason " + i));
        assertThat(auth.relay.step(), is(Duration.ZERO));
        assertThat(auth.relay.step(), is(Duration.ZERO));
        assertThat(auth.relay.step(), is(Duration.ofSeconds(1)));
        assertThat(
                publishedReasons(),
                is(IntStream.range(0, 1001).mapToObj(i -> "reason " + i).toList()));
    }

    @Test
    void closedHubLeavesRevocationsForTheNextHub() {
        auth.invalidations.close();
        revoke("one", "two");
        assertThat(auth.relay.step(), is(Duration.ofSeconds(1)));
        assertThat(auth.revocations.unpublished(10), hasSize(2));
        auth.invalidations.open();
        auth.nextRelay().step();
        assertThat(publishedReasons(), is(List.of("one", "two")));
    }

    @Test
    void replacedProcessCannotMarkRevocationsAsPublished() {
        Revocations replaced = new Revocations(auth.database, auth.clock);
        replaced.takeOver();
        auth.revocations.takeOver();
        revoke("one");
        replaced.markPublished(replaced.unpublished(10));
        assertThat("still unpublished", auth.revocations.unpublished(10), hasSize(1));
        auth.relay.step();
        assertThat(publishedReasons(), is(List.of("one")));
        assertThat(auth.revocations.unpublished(10), is(empty()));
    }

    @Test
    void relayWithoutExclusiveAccessPublishesAndMarksNothing() {
        revoke("one");
        auth.relay.step();
        auth.isExclusive = false;
        revoke("two");
        auth.relay.step();
        assertThat(publishedReasons(), is(List.of("one")));
        assertThat(auth.revocations.unpublished(10), hasSize(1));
        Relay next = auth.nextRelay();
        assertThrows(IllegalStateException.class, () -> next.republish(DAY));
        assertThat(publishedReasons(), is(List.of("one")));
        assertThat(auth.revocations.unpublished(10), hasSize(1));
        auth.isExclusive = true;
        auth.relay.step();
        assertThat(publishedReasons(), is(List.of("one", "two")));
    }

    @Test
    void publishedRevocationIsDeletedAfterItExpires() {
        revoke("published");
        auth.relay.step();
        auth.invalidations.close();
        revoke("unpublished");
        auth.pass(TestAuth.TTL);
        auth.relay.step();
        assertThat("nothing is left to delete", auth.revocations.deleteExpired(10), is(0));
        assertThat(auth.revocations.unpublished(10), hasSize(1));
        auth.invalidations.open();
        auth.relay.step();
        assertThat(publishedReasons(), is(List.of("published", "unpublished")));
        auth.pass(Duration.ofMinutes(1));
        auth.relay.step();
        assertThat(auth.revocations.unpublished(10), is(empty()));
        assertThat(auth.revocations.deleteExpired(10), is(0));
    }

    @Test
    void pausesGrowWhileTheDatabaseIsUnavailable() {
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
        assertThrows(DatabaseException.class, () -> auth.nextRelay().start(Optional.of(DAY)));
    }

    @Test
    void publishReturnsAfterEarlierRevocationsArePublished() {
        try (Relay relay = auth.nextRelay()) {
            relay.start(Optional.empty());
            List<String> revoked = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                revoke("reason " + i);
                revoked.add("reason " + i);
                relay.publish();
                assertThat(publishedReasons(), is(revoked));
            }
        }
    }

    @Test
    void simultaneousCallersFindTheirRevocationsPublished() throws Exception {
        try (Relay relay = auth.nextRelay();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            relay.start(Optional.empty());
            List<Callable<Boolean>> callers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String reason = "reason " + i;
                callers.add(() -> {
                    sessions.revokeAll(UUID.randomUUID(), RevocationContext.of(reason));
                    relay.publish();
                    return publishedReasons().contains(reason);
                });
            }
            for (Future<Boolean> found : threads.invokeAll(callers)) {
                assertThat(found.get(), is(true));
            }
        }
        assertThat(publishedReasons(), hasSize(100));
    }

    @Test
    @Timeout(60)
    void publishDoesNotWaitForAClosedHubOrAnUnavailableDatabase() {
        try (Relay relay = auth.nextRelay()) {
            relay.publish(); // the relay is not started yet
            relay.start(Optional.empty());
            auth.invalidations.close();
            revoke("one");
            relay.publish();
            auth.database.close();
            relay.publish();
            relay.publish();
            assertThat(publishedReasons(), is(empty()));
        }
    }

    @Test
    void idleRelayFindsRevocationsOfAnotherProcess() throws Exception {
        CountDownLatch published = new CountDownLatch(1);
        try (Relay relay = new Relay(
                auth.revocations,
                (userId, sessionId, reason, revokedAt, eventId, traceparent, onceId) -> {
                    published.countDown();
                    return CompletableFuture.completedFuture(new Outcome.Published("e-1"));
                },
                auth.clock,
                () -> true)) {
            relay.start(Optional.empty());
            revoke("one");
            assertThat(published.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS), is(true));
        }
    }

    @Test
    void closePublishesCommittedRevocations() {
        Relay relay = auth.nextRelay();
        relay.start(Optional.empty());
        IntStream.range(0, 600).forEach(i -> revoke("reason " + i));
        relay.close();
        assertThat(auth.revocations.unpublished(10), is(empty()));
        assertThat(publishedReasons(), hasSize(600));
    }

    @Test
    void revocationOfUnknownOutcomeIsPublishedAgainUnderOneId() {
        List<UUID> onceIds = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>(List.of(
                new Outcome.Unknown(),
                new Outcome.NotPublished(Outcome.NotPublished.Reason.LOG_UNAVAILABLE),
                new Outcome.Published("e-1")));
        try (Relay relay = new Relay(
                auth.revocations,
                (userId, sessionId, reason, revokedAt, eventId, traceparent, onceId) -> {
                    assertThat(String.valueOf(onceId), is(eventId));
                    onceIds.add(UUID.fromString(eventId));
                    return CompletableFuture.completedFuture(outcomes.removeFirst());
                },
                auth.clock,
                () -> true)) {
            revoke("one");
            for (int left = 2; left >= 0; left--) {
                Duration _ = relay.step();
                assertThat(outcomes, hasSize(left));
                assertThat(auth.revocations.unpublished(10), hasSize(left == 0 ? 0 : 1));
            }
        }
        assertThat(onceIds.stream().distinct().count(), is(1L));
    }

    @Test
    void revocationsOfDifferentUsersDoNotWaitForEachOther() {
        List<CompletableFuture<Outcome>> waiting = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        try (Relay relay = new Relay(
                auth.revocations,
                (userId, sessionId, reason, revokedAt, eventId, traceparent, onceId) -> {
                    reasons.add(reason);
                    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
                    waiting.add(outcome);
                    if (!reason.equals("first of a")) { // the first one is answered last
                        waiting.forEach(one -> one.complete(new Outcome.Published("e-1")));
                    }
                    return outcome;
                },
                auth.clock,
                () -> true)) {
            UUID other = UUID.randomUUID();
            sessions.revokeAll(user, RevocationContext.of("first of a"));
            sessions.revokeAll(other, RevocationContext.of("first of b"));
            sessions.revokeAll(user, RevocationContext.of("second of a"));
            Duration _ = relay.step();
            assertThat(auth.revocations.unpublished(10), is(empty()));
        }
        assertThat(reasons, is(List.of("first of a", "first of b", "second of a")));
    }

    @Test
    void nextRevocationOfAUserDoesNotOvertakeOneThatIsNotPublished() {
        List<String> published = new ArrayList<>();
        AtomicInteger attempts = new AtomicInteger();
        try (Relay relay = new Relay(
                auth.revocations,
                (userId, sessionId, reason, revokedAt, eventId, traceparent, onceId) -> {
                    if (attempts.getAndIncrement() == 0) {
                        return CompletableFuture.completedFuture(new Outcome.Unknown());
                    }
                    published.add(reason);
                    return CompletableFuture.completedFuture(new Outcome.Published("e-1"));
                },
                auth.clock,
                () -> true)) {
            revoke("one", "two");
            Duration _ = relay.step();
            assertThat(published, is(empty()));
            Duration _ = relay.step();
            assertThat(published, is(List.of("one", "two")));
        }
    }

    @Test
    void relayContinuesAfterErrors() throws Exception {
        long before = ThreadWatch.failures(LongLived.RELAY);
        AtomicInteger attempts = new AtomicInteger();
        try (Relay relay = new Relay(
                auth.revocations,
                (userId, sessionId, reason, revokedAt, eventId, traceparent, onceId) -> {
                    if (attempts.incrementAndGet() <= 3) {
                        throw new StackOverflowError("test");
                    }
                    return auth.invalidations.invalidate(
                            userId, sessionId, reason, revokedAt, eventId, traceparent, onceId);
                },
                auth.clock,
                () -> true)) {
            relay.start(Optional.empty());
            revoke("one", "two");
            Await.until("they are published", TIMEOUT, () -> publishedReasons().equals(List.of("one", "two")));
        }
        assertThat(ThreadWatch.failures(LongLived.RELAY) - before, is(3L));
        assertThat(ThreadWatch.failing().contains(LongLived.RELAY), is(false));
    }

    @Test
    void relayThatWasNeverStartedCanBeClosed() {
        auth.nextRelay().close();
        assertThat(publishedReasons(), is(empty()));
    }
}
