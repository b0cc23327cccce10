package auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import auth.Session.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import testing.TestDatabase;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class SessionsTest {

    private final UUID user = UUID.randomUUID();
    private final TestAuth auth;
    private final Sessions sessions;

    SessionsTest(TestDatabase kind) {
        auth = new TestAuth(kind);
        sessions = auth.sessions;
    }

    @AfterEach
    void close() {
        auth.close();
    }

    private Session found(Session session) {
        return sessions.find(session.id()).orElseThrow();
    }

    private State state(Session session) {
        return sessions.state(found(session));
    }

    @Test
    void openedSessionIsFound() {
        Session session = sessions.open(user, "phone");
        assertThat(
                session,
                is(new Session(
                        session.id(),
                        user,
                        "phone",
                        TestAuth.START,
                        TestAuth.START,
                        TestAuth.START.plus(TestAuth.TTL),
                        null,
                        null)));
        assertThat(found(session), is(session));
        assertThat(state(session), is(State.OPEN));
        assertThat(auth.invalidations.published(), is(empty()));
    }

    @Test
    void timesHaveThePrecisionOfTheDatabase() {
        auth.pass(Duration.ofNanos(1_234_567_899));
        Session session = sessions.open(user, null);
        assertThat(found(session), is(session));
        assertThat(session.createdAt(), is(TestAuth.START.plusNanos(1_234_567_000)));
    }

    /** A clock may be set back, and the clocks of several hubs differ. */
    @Test
    void timesOfAUserNeverGoBackwards() {
        SplittableRandom random = new SplittableRandom(3);
        Instant last = Instant.EPOCH;
        for (int i = 0; i < 30; i++) {
            auth.pass(Duration.ofSeconds(random.nextInt(-40, 40)));
            Session session = sessions.open(user, null);
            assertThat("opened later than all before", session.createdAt().isAfter(last), is(true));
            auth.pass(Duration.ofSeconds(-random.nextInt(40)));
            if (random.nextBoolean()) {
                sessions.revoke(session.id(), RevocationContext.of("stolen"));
            } else {
                sessions.revokeAll(user, RevocationContext.of("stolen"));
            }
            Revocation revocation = auth.rows().getLast();
            last = revocation.revokedAt();
            assertThat("revoked later than it was opened", last.isAfter(session.createdAt()), is(true));
            assertThat(found(session).revokedAt(), is(last));
        }
    }

    @Test
    void sessionsOfOneDeviceHaveDifferentIds() {
        assertThat(
                sessions.open(user, "phone").id(),
                is(not(sessions.open(user, "phone").id())));
    }

    @Test
    void deviceIsOptional() {
        Session session = sessions.open(user, null);
        assertThat(Optional.ofNullable(found(session).device()), is(Optional.empty()));
    }

    @Test
    void unknownSessionIsNeitherFoundNorTouchedNorRevoked() {
        assertThat(sessions.find(UUID.randomUUID()), is(Optional.empty()));
        assertThat(sessions.touch(UUID.randomUUID()), is(Optional.empty()));
        assertThat(sessions.revoke(UUID.randomUUID(), RevocationContext.of("lost")), is(false));
        assertThat(auth.invalidations.published(), is(empty()));
    }

    @Test
    void invalidationHasTheUserSessionAndReason() {
        Session session = sessions.open(user, null);
        auth.pass(Duration.ofHours(1));
        assertThat(sessions.revoke(session.id(), RevocationContext.of("lost")), is(true));
        RecordingInvalidator.Invalidation invalidation = auth.invalidations.only();
        assertThat(invalidation.userId(), is(user));
        assertThat(invalidation.deviceSessionId(), is(session.id()));
        assertThat(invalidation.reason(), is("lost"));
        assertThat(UUID.fromString(invalidation.eventId()).version(), is(7));
        assertThat(found(session).revokedAt(), is(auth.now()));
        assertThat(found(session).reason(), is("lost"));
        assertThat(state(session), is(State.REVOKED));
    }

    @Test
    void repeatedRevocationHasNoEffect() {
        Session session = sessions.open(user, null);
        sessions.revoke(session.id(), RevocationContext.of("lost"));
        Session revoked = found(session);
        auth.pass(Duration.ofHours(1));
        assertThat(sessions.revoke(session.id(), RevocationContext.of("stolen")), is(true));
        assertThat(found(session), is(revoked));
        assertThat(auth.invalidations.only().reason(), is("lost"));
    }

    @Test
    void revocationExpiresWithItsSession() {
        Session session = sessions.open(user, null);
        auth.pass(Duration.ofHours(1));
        sessions.revoke(session.id(), RevocationContext.of("lost"));
        Revocation row = auth.rows().getFirst();
        assertThat(row.revokedAt(), is(auth.now()));
        assertThat(row.expiresAt(), is(session.expiresAt()));
    }

    @Test
    void allSessionsOfAUserAreRevokedWithOneInvalidation() {
        Session one = sessions.open(user, null);
        Session two = sessions.open(user, null);
        Session other = sessions.open(UUID.randomUUID(), null);
        assertThat(sessions.revokeAll(user, RevocationContext.of("moved out")), is(2));
        RecordingInvalidator.Invalidation invalidation = auth.invalidations.only();
        assertThat(invalidation.userId(), is(user));
        assertThat(Optional.ofNullable(invalidation.deviceSessionId()), is(Optional.empty()));
        assertThat(invalidation.reason(), is("moved out"));
        assertThat(UUID.fromString(invalidation.eventId()).version(), is(7));
        assertThat(state(one), is(State.REVOKED));
        assertThat(found(two).reason(), is("moved out"));
        assertThat(state(other), is(State.OPEN));
    }

    @Test
    void revokeAllPublishesEachTimeEvenWithoutOpenSessions() {
        assertThat(sessions.revokeAll(user, RevocationContext.of("")), is(0));
        assertThat(sessions.revokeAll(user, RevocationContext.of("")), is(0));
        assertThat(auth.invalidations.published(), hasSize(2));
    }

    @Test
    void revokeAllIgnoresRevokedAndExpiredSessions() {
        Session first = sessions.open(user, null);
        sessions.revoke(first.id(), RevocationContext.of("lost"));
        Session brief = auth.withTtl(Duration.ofMinutes(1)).open(user, null);
        auth.pass(Duration.ofMinutes(2));
        sessions.open(user, null);
        assertThat(sessions.revokeAll(user, RevocationContext.of("moved out")), is(1));
        assertThat(found(first).reason(), is("lost"));
        assertThat(state(brief), is(State.EXPIRED));
    }

    @Test
    void sessionThatWasRevokedWithAllIsNotRevokedAgain() {
        Session session = sessions.open(user, null);
        sessions.revokeAll(user, RevocationContext.of("moved out"));
        assertThat(sessions.revoke(session.id(), RevocationContext.of("lost")), is(true));
        assertThat(auth.invalidations.only().reason(), is("moved out"));
    }

    @Test
    void sessionOpenedAfterRevokeAllIsOpen() {
        sessions.revokeAll(user, RevocationContext.of(""));
        Session later = sessions.open(user, null);
        assertThat(state(later), is(State.OPEN));
        assertThat(sessions.revokeAll(user, RevocationContext.of("")), is(1));
    }

    /** Gateways may hold sessions that were opened under a longer ttl. */
    @Test
    void revocationOfAllIsKeptForAtLeastADay() {
        auth.withTtl(Duration.ofSeconds(1)).revokeAll(user, RevocationContext.of(""));
        assertThat(auth.rows().getLast().expiresAt(), is(auth.now().plus(Duration.ofDays(1))));
    }

    @Test
    void revocationOfAllExpiresWithTheLastSession() {
        sessions.open(user, null);
        auth.pass(Duration.ofHours(1));
        sessions.revokeAll(user, RevocationContext.of(""));
        assertThat(auth.rows().getLast().expiresAt(), is(auth.now().plus(TestAuth.TTL)));
        Session longer = auth.withTtl(TestAuth.TTL.multipliedBy(2)).open(user, null);
        sessions.revokeAll(user, RevocationContext.of(""));
        assertThat(auth.rows().getLast().expiresAt(), is(longer.expiresAt()));
    }

    @Test
    void expiryDoesNotRevokeASession() {
        Session session = sessions.open(user, null);
        auth.pass(TestAuth.TTL.minusMillis(1));
        assertThat(state(session), is(State.OPEN));
        auth.pass(Duration.ofMillis(1));
        assertThat(state(session), is(State.EXPIRED));
        assertThat(found(session), is(session));
        assertThat(auth.invalidations.published(), is(empty()));
    }

    @Test
    void expiredSessionCanBeRevoked() {
        Session session = sessions.open(user, null);
        auth.pass(TestAuth.TTL.plusDays(1));
        assertThat(sessions.revoke(session.id(), RevocationContext.of("lost")), is(true));
        assertThat(sessions.revoke(session.id(), RevocationContext.of("lost")), is(true));
        assertThat(auth.invalidations.only().deviceSessionId(), is(session.id()));
        assertThat(state(session), is(State.REVOKED));
    }

    @Test
    void touchUpdatesTheTime() {
        Session session = sessions.open(user, null);
        auth.pass(Duration.ofHours(1));
        Session touched = sessions.touch(session.id()).orElseThrow();
        assertThat(touched.lastSeenAt(), is(auth.now()));
        assertThat(touched.expiresAt(), is(session.expiresAt()));
        assertThat(found(session), is(touched));
    }

    @Test
    void touchNeverSetsTheTimeBack() {
        auth.pass(Duration.ofHours(1));
        Session session = sessions.open(user, null);
        auth.pass(Duration.ofHours(-1));
        assertThat(sessions.touch(session.id()).orElseThrow(), is(session));
    }

    @Test
    void sessionThatIsNotOpenCannotBeTouched() {
        Session revoked = sessions.open(user, null);
        sessions.revoke(revoked.id(), RevocationContext.of(""));
        auth.pass(Duration.ofHours(1));
        assertThat(sessions.touch(revoked.id()).orElseThrow().lastSeenAt(), is(TestAuth.START));
        Session expired = sessions.open(user, null);
        auth.pass(TestAuth.TTL);
        assertThat(sessions.touch(expired.id()).orElseThrow(), is(expired));
    }

    @Test
    void dataSurvivesReopening() {
        Session open = sessions.open(user, "phone");
        Session revoked = sessions.open(user, null);
        sessions.revoke(revoked.id(), RevocationContext.of("lost"));
        List<Revocation> rows = auth.rows();
        auth.close();
        try (TestAuth again = new TestAuth(auth.url)) {
            assertThat(again.sessions.find(open.id()), is(Optional.of(open)));
            assertThat(again.sessions.find(revoked.id()).orElseThrow().reason(), is("lost"));
            assertThat(again.rows(), is(rows));
        }
    }

    @Test
    void revocationSucceedsAtAClosedHub() {
        Session session = sessions.open(user, null);
        auth.invalidations.close();
        assertThat(sessions.revoke(session.id(), RevocationContext.of("lost")), is(true));
        assertThat(sessions.revokeAll(user, RevocationContext.of("moved out")), is(0));
        assertThat(auth.invalidations.published(), is(empty()));
        auth.invalidations.open();
        auth.relay.step();
        assertThat(
                auth.invalidations.published().stream()
                        .map(RecordingInvalidator.Invalidation::reason)
                        .toList(),
                is(List.of("lost", "moved out")));
    }

    @Test
    void sessionsThatEndedLongAgoAreDeleted() {
        Sessions swept = auth.with(new SessionConfig(Duration.ofDays(10), Duration.ofDays(5), 2000));
        Session expired = swept.open(user, null);
        Session revoked = swept.open(user, null);
        for (int i = 0; i < 600; i++) {
            swept.open(user, null);
        }
        auth.pass(Duration.ofDays(7));
        swept.revoke(revoked.id(), RevocationContext.of("why"));
        Session open = swept.open(user, null);
        assertThat(swept.sweep(), is(false));
        auth.pass(Duration.ofDays(5)
                .plusSeconds(1)); // the first expired two days ago, and the second was revoked five days ago
        assertThat(swept.sweep(), is(false));
        assertThat(swept.find(revoked.id()).isEmpty(), is(true));
        assertThat(swept.find(expired.id()).isEmpty(), is(false));
        auth.pass(Duration.ofDays(4));
        assertThat("a batch is small", swept.sweep(), is(true));
        assertThat(swept.sweep(), is(false));
        assertThat(swept.find(expired.id()).isEmpty(), is(true));
        assertThat(swept.find(open.id()).isEmpty(), is(false));
    }
}
