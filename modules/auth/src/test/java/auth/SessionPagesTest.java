package auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import auth.Sessions.Filter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import testing.TestDatabase;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class SessionPagesTest {

    private final UUID user = UUID.randomUUID();
    private final TestAuth auth;
    private final Sessions sessions;

    SessionPagesTest(TestDatabase kind) {
        auth = new TestAuth(kind);
        sessions = auth.sessions;
    }

    @AfterEach
    void close() {
        auth.close();
    }

    private List<Session> opened(int count, Duration apart) {
        List<Session> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opened.add(sessions.open(user, null));
            auth.pass(apart);
        }
        return opened;
    }

    private List<Session> paged(Filter filter, int limit) {
        List<Session> all = new ArrayList<>();
        Optional<SessionCursor> after = Optional.of(SessionCursor.START);
        while (after.isPresent()) {
            Page<Session> page = sessions.list(user, filter, after.get(), limit);
            all.addAll(page.items());
            after = page.next().map(text -> SessionCursor.parse(text).orElseThrow());
        }
        return all;
    }

    @Test
    void latestSessionsComeFirst() {
        List<Session> opened = opened(5, Duration.ofSeconds(1));
        sessions.open(UUID.randomUUID(), null);
        Collections.reverse(opened);
        for (int limit : List.of(1, 2, 4, 5, 6)) {
            assertThat("in pages of " + limit, paged(Filter.OPEN, limit), is(opened));
        }
    }

    @Test
    void sessionsWithTheSameTimeAreNeitherMissedNorRepeated() {
        List<Session> opened = opened(20, Duration.ZERO);
        List<Session> paged = paged(Filter.ALL, 3);
        Comparator<Session> byId = Comparator.comparing(Session::id);
        paged.sort(byId);
        opened.sort(byId);
        assertThat(paged, is(opened));
    }

    @Test
    void exactlyFullPageIsTheLast() {
        opened(4, Duration.ofSeconds(1));
        assertThat(sessions.list(user, Filter.OPEN, SessionCursor.START, 4).next(), is(Optional.empty()));
    }

    @Test
    void revokedAndExpiredSessionsAreListedOnlyWithAll() {
        Session brief = auth.withTtl(Duration.ofMinutes(1)).open(user, null);
        auth.pass(Duration.ofMinutes(1));
        Session revoked = sessions.open(user, null);
        sessions.revoke(revoked.id(), RevocationContext.of("lost"));
        auth.pass(Duration.ofMinutes(1));
        Session open = sessions.open(user, null);
        assertThat(paged(Filter.OPEN, 10), is(List.of(open)));
        assertThat(
                paged(Filter.ALL, 10).stream().map(Session::id).toList(),
                is(List.of(open.id(), revoked.id(), brief.id())));
    }

    @Test
    void sessionOpenedBetweenPagesDoesNotShiftThem() {
        List<Session> opened = opened(4, Duration.ofSeconds(1));
        Page<Session> first = sessions.list(user, Filter.OPEN, SessionCursor.START, 2);
        sessions.open(user, null);
        SessionCursor after = SessionCursor.parse(first.next().orElseThrow()).orElseThrow();
        assertThat(sessions.list(user, Filter.OPEN, after, 2).items(), is(List.of(opened.get(1), opened.get(0))));
    }
}
