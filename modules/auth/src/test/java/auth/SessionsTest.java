package auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import auth.Sessions.Revocation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private static final UUID USER = UUID.randomUUID();
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    private final Invalidations invalidations = new Invalidations();
    private final Sessions sessions = new Sessions(new InMemorySessionStore(), invalidations, InstantSource.fixed(NOW));

    @Test
    void openedSessionIsTheUsersAndIsFound() {
        Session session = sessions.open(USER, "phone");
        assertThat(session, is(new Session(session.id(), USER, "phone", NOW, null, null)));
        assertThat(sessions.find(session.id()), is(Optional.of(session)));
        assertThat(invalidations.told(), is(empty()));
    }

    @Test
    void twoSessionsOfOneDeviceAreNotTheSame() {
        assertThat(
                sessions.open(USER, "phone").id(),
                is(not(sessions.open(USER, "phone").id())));
    }

    @Test
    void deviceMayRemainUnknown() {
        Session session = sessions.open(USER, null);
        assertThat(Optional.ofNullable(session.device()), is(Optional.empty()));
    }

    @Test
    void revokedSessionIsToldWithItsUserAndReason() {
        Session session = sessions.open(USER, null);
        assertThat(sessions.revoke(session.id(), "lost"), is(Revocation.REVOKED));
        Invalidations.Told told = invalidations.one();
        assertThat(told.userId(), is(USER));
        assertThat(told.deviceSessionId(), is(session.id()));
        assertThat(told.reason(), is("lost"));
        assertThat(UUID.fromString(told.eventId()).version(), is(7));
        assertThat(sessions.find(session.id()), is(Optional.of(session.revoked(NOW, "lost"))));
    }

    @Test
    void revokingAgainIsTheSameAndIsNotTold() {
        Session session = sessions.open(USER, null);
        sessions.revoke(session.id(), "lost");
        assertThat(sessions.revoke(session.id(), "stolen"), is(Revocation.REVOKED));
        assertThat(invalidations.one().reason(), is("lost"));
    }

    @Test
    void manyThatRevokeAtOnceAreToldOnce() throws Exception {
        Session session = sessions.open(USER, null);
        List<Callable<Revocation>> revocations = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            revocations.add(() -> sessions.revoke(session.id(), "lost"));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Revocation> revocation : threads.invokeAll(revocations)) {
                assertThat(revocation.get(), is(Revocation.REVOKED));
            }
        }
        assertThat(invalidations.one().deviceSessionId(), is(session.id()));
    }

    @Test
    void unknownSessionIsNotTold() {
        assertThat(sessions.revoke(UUID.randomUUID(), "lost"), is(Revocation.UNKNOWN));
        assertThat(invalidations.told(), is(empty()));
    }

    @Test
    void allSessionsOfAUserAreToldInOneInvalidation() {
        Session one = sessions.open(USER, null);
        sessions.open(USER, null);
        Session other = sessions.open(UUID.randomUUID(), null);
        assertThat(sessions.revokeAll(USER, "moved out"), is(OptionalInt.of(2)));
        Invalidations.Told told = invalidations.one();
        assertThat(told.userId(), is(USER));
        assertThat(Optional.ofNullable(told.deviceSessionId()), is(Optional.empty()));
        assertThat(told.reason(), is("moved out"));
        assertThat(UUID.fromString(told.eventId()).version(), is(7));
        assertThat(sessions.find(one.id()), is(Optional.of(one.revoked(NOW, "moved out"))));
        assertThat(sessions.find(other.id()), is(Optional.of(other)));
    }

    @Test
    void revokingAllIsToldEachTimeAlsoWhereNoneIsOpen() {
        assertThat(sessions.revokeAll(USER, ""), is(OptionalInt.of(0)));
        assertThat(sessions.revokeAll(USER, ""), is(OptionalInt.of(0)));
        assertThat(invalidations.told().size(), is(2));
    }

    @Test
    void sessionThatWasRevokedWithAllIsNotToldAgain() {
        Session session = sessions.open(USER, null);
        sessions.revokeAll(USER, "moved out");
        assertThat(sessions.revoke(session.id(), "lost"), is(Revocation.REVOKED));
        assertThat(invalidations.one().reason(), is("moved out"));
    }

    @Test
    void closedHubLeavesTheSessionRevokedAndSaysThatNobodyWasTold() {
        Session session = sessions.open(USER, null);
        invalidations.close();
        assertThat(sessions.revoke(session.id(), "lost"), is(Revocation.NOT_TOLD));
        assertThat(sessions.find(session.id()), is(Optional.of(session.revoked(NOW, "lost"))));
        assertThat(sessions.revokeAll(USER, "moved out"), is(OptionalInt.empty()));
    }
}
