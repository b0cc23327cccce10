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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import push.api.Outcome;
import testing.TestDatabase;

/** Steps of the relay. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class RelayTest {

    private static final Republication DAY =
            new Republication(Duration.ofHours(24), 1000, Long.MAX_VALUE, revocation -> 1);

    private final TestOutbox outbox;
    private final TestAuth auth;

    RelayTest(TestDatabase kind) {
        outbox = new TestOutbox(kind);
        auth = outbox.auth;
    }

    @AfterEach
    void close() {
        outbox.close();
    }

    @Test
    void revocationsArePublishedInCommitOrderUnderTheirEventIds() {
        outbox.revoke("one", "two", "three");
        auth.relay.step();
        assertThat(outbox.publishedReasons(), is(List.of("one", "two", "three")));
        assertThat(
                auth.invalidations.published().stream()
                        .map(RecordingInvalidator.Invalidation::eventId)
                        .toList(),
                is(auth.rows().stream().map(row -> row.eventId().toString()).toList()));
        assertThat(auth.rows().getFirst().publishedAt(), is(auth.now()));
    }

    @Test
    void publishedRevocationIsNotPublishedAgain() {
        outbox.revoke("one");
        auth.relay.step();
        outbox.revoke("two");
        auth.relay.step();
        auth.nextRelay().step();
        assertThat(outbox.publishedReasons(), is(List.of("one", "two")));
    }

    @Test
    void moreThanABatchNeedsSeveralSteps() {
        IntStream.range(0, 1001).forEach(i -> outbox.revoke("reason " + i));
        assertThat(auth.relay.step(), is(Duration.ZERO));
        assertThat(auth.relay.step(), is(Duration.ZERO));
        assertThat(auth.relay.step(), is(Duration.ofSeconds(1)));
        assertThat(
                outbox.publishedReasons(),
                is(IntStream.range(0, 1001).mapToObj(i -> "reason " + i).toList()));
    }

    @Test
    void closedHubLeavesRevocationsForTheNextHub() {
        auth.invalidations.close();
        outbox.revoke("one", "two");
        assertThat(auth.relay.step(), is(Duration.ofSeconds(1)));
        assertThat(auth.revocations.unpublished(10), hasSize(2));
        auth.invalidations.open();
        auth.nextRelay().step();
        assertThat(outbox.publishedReasons(), is(List.of("one", "two")));
    }

    @Test
    void replacedProcessCannotMarkRevocationsAsPublished() {
        Revocations replaced = new Revocations(auth.database, auth.clock);
        replaced.takeOver();
        auth.revocations.takeOver();
        outbox.revoke("one");
        replaced.markPublished(replaced.unpublished(10));
        assertThat("still unpublished", auth.revocations.unpublished(10), hasSize(1));
        auth.relay.step();
        assertThat(outbox.publishedReasons(), is(List.of("one")));
        assertThat(auth.revocations.unpublished(10), is(empty()));
    }

    @Test
    void relayWithoutExclusiveAccessPublishesAndMarksNothing() {
        outbox.revoke("one");
        auth.relay.step();
        auth.isExclusive = false;
        outbox.revoke("two");
        auth.relay.step();
        assertThat(outbox.publishedReasons(), is(List.of("one")));
        assertThat(auth.revocations.unpublished(10), hasSize(1));
        Relay next = auth.nextRelay();
        assertThrows(IllegalStateException.class, () -> next.republish(DAY));
        assertThat(outbox.publishedReasons(), is(List.of("one")));
        assertThat(auth.revocations.unpublished(10), hasSize(1));
        auth.isExclusive = true;
        auth.relay.step();
        assertThat(outbox.publishedReasons(), is(List.of("one", "two")));
    }

    @Test
    void publishedRevocationIsDeletedAfterItExpires() {
        outbox.revoke("published");
        auth.relay.step();
        auth.invalidations.close();
        outbox.revoke("unpublished");
        auth.pass(TestAuth.TTL);
        auth.relay.step();
        assertThat("nothing is left to delete", auth.revocations.deleteExpired(10), is(0));
        assertThat(auth.revocations.unpublished(10), hasSize(1));
        auth.invalidations.open();
        auth.relay.step();
        assertThat(outbox.publishedReasons(), is(List.of("published", "unpublished")));
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
        assertThrows(DatabaseException.class, () -> auth.nextRelay().start(DAY, new AlwaysToDo()));
    }

    @Test
    void revocationOfUnknownOutcomeIsPublishedAgainUnderOneId() {
        List<UUID> onceIds = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>(List.of(
                new Outcome.Unknown(),
                new Outcome.NotPublished(Outcome.NotPublished.Reason.LOG_UNAVAILABLE),
                new Outcome.Published("e-1")));
        try (Relay relay = outbox.relayTo((userId, sessionId, reason, revokedAt, eventId, traceparent, onceId) -> {
            assertThat(String.valueOf(onceId), is(eventId));
            onceIds.add(UUID.fromString(eventId));
            return CompletableFuture.completedFuture(outcomes.removeFirst());
        })) {
            outbox.revoke("one");
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
        try (Relay relay = outbox.relayTo((userId, sessionId, reason, revokedAt, eventId, traceparent, onceId) -> {
            reasons.add(reason);
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            waiting.add(outcome);
            if (!reason.equals("first of a")) { // the first one is answered last
                waiting.forEach(one -> one.complete(new Outcome.Published("e-1")));
            }
            return outcome;
        })) {
            UUID other = UUID.randomUUID();
            outbox.sessions.revokeAll(outbox.user, RevocationContext.of("first of a"));
            outbox.sessions.revokeAll(other, RevocationContext.of("first of b"));
            outbox.sessions.revokeAll(outbox.user, RevocationContext.of("second of a"));
            Duration _ = relay.step();
            assertThat(auth.revocations.unpublished(10), is(empty()));
        }
        assertThat(reasons, is(List.of("first of a", "first of b", "second of a")));
    }

    @Test
    void nextRevocationOfAUserDoesNotOvertakeOneThatIsNotPublished() {
        List<String> published = new ArrayList<>();
        AtomicInteger attempts = new AtomicInteger();
        try (Relay relay = outbox.relayTo((userId, sessionId, reason, revokedAt, eventId, traceparent, onceId) -> {
            if (attempts.getAndIncrement() == 0) {
                return CompletableFuture.completedFuture(new Outcome.Unknown());
            }
            published.add(reason);
            return CompletableFuture.completedFuture(new Outcome.Published("e-1"));
        })) {
            outbox.revoke("one", "two");
            Duration _ = relay.step();
            assertThat(published, is(empty()));
            Duration _ = relay.step();
            assertThat(published, is(List.of("one", "two")));
        }
    }

    /** A log that lacks everything. */
    private static final class AlwaysToDo implements RepublicationTask {

        @Override
        public boolean claim() {
            return true;
        }

        @Override
        public void end() {}
    }
}
