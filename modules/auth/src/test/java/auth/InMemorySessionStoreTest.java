package auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class InMemorySessionStoreTest {

    private static final UUID USER = UUID.randomUUID();
    private static final Instant OPENED = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant REVOKED = Instant.parse("2026-01-01T11:00:00Z");
    private static final Instant LATER = Instant.parse("2026-01-01T12:00:00Z");

    private final InMemorySessionStore store = new InMemorySessionStore();

    private Session added(UUID user) {
        Session session = new Session(UUID.randomUUID(), user, "phone", OPENED, null, null);
        store.add(session);
        return session;
    }

    private Session found(Session session) {
        return store.find(session.id()).orElseThrow();
    }

    @Test
    void addedSessionIsFoundAndOpen() {
        Session session = added(USER);
        assertThat(found(session), is(session));
        assertThat(found(session).open(), is(true));
    }

    @Test
    void unknownSessionIsNeitherFoundNorRevoked() {
        assertThat(store.find(UUID.randomUUID()), is(Optional.empty()));
        assertThat(store.revoke(UUID.randomUUID(), REVOKED, "lost"), is(false));
    }

    @Test
    void revokedSessionKeepsItsFirstTimeAndReason() {
        Session session = added(USER);
        assertThat(store.revoke(session.id(), REVOKED, "lost"), is(true));
        assertThat(store.revoke(session.id(), LATER, "stolen"), is(false));
        assertThat(found(session), is(new Session(session.id(), USER, "phone", OPENED, REVOKED, "lost")));
        assertThat(found(session).open(), is(false));
    }

    @Test
    void revokeAllTakesTheOpenSessionsOfOneUserOnly() {
        Session one = added(USER);
        Session two = added(USER);
        Session other = added(UUID.randomUUID());
        assertThat(store.revokeAll(USER, REVOKED, "moved out"), is(2));
        assertThat(found(one).revokedAt(), is(REVOKED));
        assertThat(found(two).reason(), is("moved out"));
        assertThat(found(other).open(), is(true));
    }

    @Test
    void revokeAllLeavesAndDoesNotCountWhatIsAlreadyRevoked() {
        Session first = added(USER);
        added(USER);
        store.revoke(first.id(), REVOKED, "lost");
        assertThat(store.revokeAll(USER, LATER, "moved out"), is(1));
        assertThat(found(first).reason(), is("lost"));
        assertThat(store.revokeAll(USER, LATER, "again"), is(0));
    }

    @Test
    void sessionOpenedAfterRevokeAllIsOpen() {
        added(USER);
        store.revokeAll(USER, REVOKED, "");
        Session later = added(USER);
        assertThat(found(later).open(), is(true));
        assertThat(store.revokeAll(USER, LATER, ""), is(1));
    }

    @Test
    void ofManyThatRevokeASessionAtOnceOneDidIt() throws Exception {
        for (int round = 0; round < 50; round++) {
            Session session = added(USER);
            List<Callable<Boolean>> revocations = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                String reason = "thread " + i;
                revocations.add(() -> store.revoke(session.id(), REVOKED, reason));
            }
            assertThat(countTrue(revocations), is(1));
        }
    }

    @Test
    void ofManyThatRevokeAllAtOnceOneGetsEachSession() throws Exception {
        for (int i = 0; i < 100; i++) {
            added(USER);
        }
        List<Callable<Integer>> revocations = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            revocations.add(() -> store.revokeAll(USER, REVOKED, ""));
        }
        int sum = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> revoked : threads.invokeAll(revocations)) {
                sum += revoked.get();
            }
        }
        assertThat(sum, is(100));
    }

    private static int countTrue(List<Callable<Boolean>> tasks) throws Exception {
        int count = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> task : threads.invokeAll(tasks)) {
                count += task.get() ? 1 : 0;
            }
        }
        return count;
    }
}
