package auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import testing.TestDatabase;

/**
 * Random lives of a hub: sessions are revoked, the hub is closed and opened, the process dies, and each step between a
 * commit, its publication and its mark fails at times. Afterwards, exactly the committed revocations are published, and
 * those of each user in the order of their commits.
 */
class OutboxModelTest {

    private static final int STEPS = 400;
    private static final Republication ALL =
            new Republication(Duration.ofHours(24), 100_000, Long.MAX_VALUE, revocation -> 1);

    @ParameterizedTest
    @CsvSource({"H2,1", "H2,2", "H2,3", "H2,4", "H2,5", "POSTGRESQL,1", "POSTGRESQL,2", "POSTGRESQL,3"})
    void committedRevocationsArePublishedInOrderAndNothingElseIs(TestDatabase kind, int seed) {
        try (TestAuth auth = new TestAuth(kind)) {
            new Program(auth, new Random(seed)).run();
        }
    }

    /** Fails before or after an operation, as a broken connection does. */
    private record Faulty(Outbox outbox, Random random, AtomicInteger faults) implements Outbox {

        private void mayFail() {
            if (random.nextInt(6) == 0) {
                faults.incrementAndGet();
                throw new IllegalStateException("injected");
            }
        }

        @Override
        public List<Revocation> unpublished(int limit) {
            mayFail();
            return outbox.unpublished(1 + random.nextInt(4)); // in small batches
        }

        @Override
        public PendingRevocations pending() {
            mayFail();
            return outbox.pending();
        }

        @Override
        public List<Revocation> publishedBefore(long before, Instant since, int limit) {
            return outbox.publishedBefore(before, since, limit);
        }

        @Override
        public List<Revocation> toRepublish(long after, long oldest, Instant since, int limit) {
            return outbox.toRepublish(after, oldest, since, limit);
        }

        @Override
        public void takeOver() {
            outbox.takeOver();
        }

        @Override
        public void markPublished(List<Revocation> revocations) {
            mayFail();
            outbox.markPublished(revocations);
            mayFail();
        }

        @Override
        public int deleteExpired(int limit) {
            return outbox.deleteExpired(limit);
        }
    }

    private static final class Program {

        private final TestAuth auth;
        private final Random random;
        private final AtomicInteger faults = new AtomicInteger();
        private final Sessions sessions;
        private final List<UUID> users = new ArrayList<>();
        private final List<Session> open = new ArrayList<>();

        /** The committed revocations by user: the session's id, or empty for all sessions. */
        private final Map<UUID, List<Optional<UUID>>> committed = new LinkedHashMap<>();

        private Relay relay;

        Program(TestAuth auth, Random random) {
            this.auth = auth;
            this.random = random;
            this.sessions = auth.withoutRelay();
            for (int i = 0; i < 4; i++) {
                users.add(UUID.randomUUID());
            }
            this.relay = relay();
        }

        private Relay relay() {
            Outbox outbox = new Faulty(auth.revocations, random, faults);
            return new Relay(
                    outbox,
                    (userId, sessionId, reason, revokedAt, eventId, traceparent, onceId) -> {
                        if (random.nextInt(8) == 0) {
                            faults.incrementAndGet();
                            throw new IllegalStateException("injected");
                        }
                        return auth.invalidations.invalidate(
                                userId, sessionId, reason, revokedAt, eventId, traceparent, onceId);
                    },
                    auth.clock,
                    () -> true,
                    Duration.ofHours(1));
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                auth.pass(Duration.ofSeconds(1));
                step();
            }
            auth.invalidations.open();
            while (!auth.revocations.unpublished(1).isEmpty()) {
                relay.step();
            }
            assertThat(byUser(), is(committed));
            assertThat(faults.get(), is(greaterThan(20)));
        }

        private void step() {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> open.add(sessions.open(anyUser(), null));
                case 3, 4 -> revokeOne();
                case 5 -> revokeAll();
                case 6 -> auth.invalidations.close();
                case 7 -> auth.invalidations.open();
                case 8 -> die();
                default -> relay.step();
            }
        }

        private UUID anyUser() {
            return users.get(random.nextInt(users.size()));
        }

        private void revokeOne() {
            if (!open.isEmpty()) {
                Session session = open.remove(random.nextInt(open.size()));
                sessions.revoke(session.id(), RevocationContext.of(""));
                committed(session.userId(), Optional.of(session.id()));
            }
        }

        private void revokeAll() {
            UUID user = anyUser();
            sessions.revokeAll(user, RevocationContext.of(""));
            open.removeIf(session -> session.userId().equals(user));
            committed(user, Optional.empty());
        }

        private void committed(UUID user, Optional<UUID> session) {
            committed.computeIfAbsent(user, any -> new ArrayList<>()).add(session);
        }

        /**
         * Restarts the hub. The relay forgets what it has not marked, the log is empty, and the next relay republishes,
         * unless that fails too.
         */
        private void die() {
            auth.invalidations.open();
            relay = relay();
            try {
                relay.republish(ALL);
            } catch (IllegalStateException e) {
                relay = relay(); // the start has failed, and a later start follows
            }
        }

        /** The first publications by user. */
        private Map<UUID, List<Optional<UUID>>> byUser() {
            Map<UUID, List<Optional<UUID>>> byUser = new HashMap<>();
            for (RecordingInvalidator.Invalidation invalidation : auth.invalidations.firstPublications()) {
                byUser.computeIfAbsent(invalidation.userId(), any -> new ArrayList<>())
                        .add(Optional.ofNullable(invalidation.deviceSessionId()));
            }
            return byUser;
        }
    }
}
