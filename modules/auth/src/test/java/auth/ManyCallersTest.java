package auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import testing.TestDatabase;

/** Two hundred simultaneous callers: nothing is lost, nothing is done twice, and no caller waits forever. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ManyCallersTest {

    private static final int CALLERS = 200;

    private final TestAuth auth;
    private final Sessions sessions; // without a relay, which would be one more caller

    ManyCallersTest(TestDatabase kind) {
        auth = new TestAuth(kind);
        sessions = auth.withoutRelay();
    }

    @AfterEach
    void close() {
        auth.close();
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> call : threads.invokeAll(calls)) {
                results.add(call.get());
            }
        }
        return results;
    }

    private List<Session> opened(int count, List<UUID> users) throws Exception {
        List<Callable<Session>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID user = users.get(i % users.size());
            calls.add(() -> sessions.open(user, null));
        }
        return atOnce(calls);
    }

    private static List<UUID> users(int count) {
        List<UUID> users = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            users.add(UUID.randomUUID());
        }
        return users;
    }

    @Test
    void oneSessionIsRevokedOnceAndWithOneReason() throws Exception {
        Session session = sessions.open(UUID.randomUUID(), null);
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            String reason = "caller " + i;
            calls.add(() -> sessions.revoke(session.id(), RevocationContext.of(reason)));
        }
        assertThat(new HashSet<>(atOnce(calls)), is(Set.of(true)));
        assertThat(auth.rows().size(), is(1));
        assertThat(
                sessions.find(session.id()).orElseThrow().reason(),
                is(auth.rows().getFirst().reason()));
    }

    @Test
    void simultaneousRevokeAllCallsCountEachSessionOnce() throws Exception {
        UUID user = UUID.randomUUID();
        opened(CALLERS, List.of(user));
        List<Callable<Integer>> calls =
                Collections.nCopies(CALLERS, () -> sessions.revokeAll(user, RevocationContext.of("")));
        assertThat(atOnce(calls).stream().mapToInt(Integer::intValue).sum(), is(CALLERS));
        assertThat(auth.rows().size(), is(CALLERS));
    }

    @Test
    void revocationIdsOfAUserAreInCommitOrder() throws Exception {
        List<UUID> users = users(5);
        List<Session> opened = opened(CALLERS, users);
        List<Callable<Boolean>> all = new ArrayList<>();
        for (Session session : opened) {
            all.add(() -> sessions.revoke(session.id(), RevocationContext.of("")));
        }
        // The ids are in the order of the commits, so a second query finds no new row between the earlier ones.
        for (int i = 0; i < 50; i++) {
            all.add(() -> {
                Map<UUID, List<Revocation>> seen = byUser(auth.rows());
                Map<UUID, List<Revocation>> later = byUser(auth.rows());
                seen.forEach((user, rows) -> assertThat(
                        later.getOrDefault(user, List.of()).stream()
                                .limit(rows.size())
                                .toList(),
                        is(rows)));
                return true;
            });
        }
        Collections.shuffle(all, new Random(1));
        atOnce(all);
        assertThat(auth.rows().size(), is(CALLERS));
    }

    private static Map<UUID, List<Revocation>> byUser(List<Revocation> rows) {
        Map<UUID, List<Revocation>> byUser = new HashMap<>();
        rows.forEach(row ->
                byUser.computeIfAbsent(row.userId(), user -> new ArrayList<>()).add(row));
        return byUser;
    }

    @Test
    void sessionsAreOpenedTouchedListedAndRevokedAtOnce() throws Exception {
        List<UUID> users = users(20);
        List<Session> opened = opened(CALLERS, users);
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Session session = opened.get(i);
            calls.add(
                    switch (i % 4) {
                        case 0 -> () -> sessions.revoke(session.id(), RevocationContext.of(""));
                        case 1 -> () -> sessions.touch(session.id()).isPresent();
                        case 2 -> () -> sessions.open(session.userId(), null).revokedAt() == null;
                        default ->
                            () -> !sessions.list(session.userId(), Sessions.Filter.ALL, SessionCursor.START, 200)
                                    .items()
                                    .isEmpty();
                    });
        }
        assertThat(new HashSet<>(atOnce(calls)), is(Set.of(true)));
        long open = 0;
        for (UUID user : users) {
            open += sessions.list(user, Sessions.Filter.OPEN, SessionCursor.START, 200)
                    .items()
                    .size();
        }
        assertThat(open, is((long) CALLERS)); // a quarter more, and a quarter less
        assertThat(auth.rows().size(), is(CALLERS / 4));
    }
}
