package auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import http.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import testing.TestDatabase;
import testing.TestServer;
import tools.jackson.databind.JsonNode;

class RevocationRoutesTest {

    private static final String REVOCATIONS = "/api/v1/revocations";

    private final UUID user = UUID.randomUUID();
    private final TestAuth auth = new TestAuth(TestDatabase.H2);
    private int head;
    private Runnable onHeadRead = () -> {};
    private final TestServer server = new TestServer(settings -> Problems.serve(
            settings,
            routing -> routing.register("/api/v1", new RevocationRoutes(auth.revocations, this::headCursor))));

    private String headCursor() {
        onHeadRead.run();
        return "e-" + head++;
    }

    @AfterEach
    void close() {
        server.close();
        auth.close();
    }

    private static List<String> reasons(JsonNode page) {
        return page.path("revocations")
                .valueStream()
                .map(revocation -> revocation.path("reason").stringValue())
                .toList();
    }

    @Test
    void listIsEmptyAtFirst() {
        JsonNode json = server.get(REVOCATIONS).json(200);
        assertThat(json.propertyNames(), contains("revocations", "push_cursor"));
        assertThat(reasons(json), is(empty()));
        assertThat(json.path("push_cursor").stringValue(), is("e-0"));
    }

    @Test
    void revocationIsListedWithTheEventIdOfItsInvalidation() {
        Session session = auth.sessions.open(user, null);
        auth.pass(Duration.ofHours(1));
        auth.sessions.revoke(session.id(), RevocationContext.of("lost"));
        JsonNode revocation =
                server.get(REVOCATIONS).json(200).path("revocations").path(0);
        assertThat(
                revocation.propertyNames(),
                contains("event_id", "user_id", "device_session_id", "reason", "revoked_at", "expires_at"));
        assertThat(
                revocation.path("event_id").stringValue(),
                is(auth.invalidations.only().eventId()));
        assertThat(revocation.path("user_id").stringValue(), is(user.toString()));
        assertThat(
                revocation.path("device_session_id").stringValue(),
                is(session.id().toString()));
        assertThat(revocation.path("reason").stringValue(), is("lost"));
        assertThat(revocation.path("revoked_at").stringValue(), is("2026-01-01T11:00:00Z"));
        assertThat(revocation.path("expires_at").stringValue(), is("2026-01-31T10:00:00Z"));
    }

    @Test
    void revocationOfAllSessionsIsListedWithoutASessionId() {
        auth.sessions.revokeAll(user, RevocationContext.of("moved out"));
        JsonNode revocation =
                server.get(REVOCATIONS).json(200).path("revocations").path(0);
        assertThat(revocation.propertyNames(), contains("event_id", "user_id", "reason", "revoked_at", "expires_at"));
    }

    @Test
    void expiredRevocationIsNotListed() {
        auth.sessions.revokeAll(user, RevocationContext.of("moved out"));
        auth.pass(TestAuth.TTL.minusMillis(1));
        assertThat(reasons(server.get(REVOCATIONS).json(200)), contains("moved out"));
        auth.pass(Duration.ofMillis(1));
        assertThat(reasons(server.get(REVOCATIONS).json(200)), is(empty()));
    }

    @Test
    void unpublishedRevocationIsListed() {
        auth.invalidations.close();
        auth.sessions.revokeAll(user, RevocationContext.of("moved out"));
        assertThat(reasons(server.get(REVOCATIONS).json(200)), contains("moved out"));
    }

    @Test
    void pagesStartWithTheOldestAndKeepTheFirstPushCursor() {
        List<String> revoked = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            auth.sessions.revokeAll(user, RevocationContext.of("reason " + i));
            revoked.add("reason " + i);
        }
        head = 7;
        List<String> listed = new ArrayList<>();
        JsonNode page = server.get(REVOCATIONS + "?limit=2").json(200);
        listed.addAll(reasons(page));
        while (page.has("next_cursor")) {
            page = server.get(REVOCATIONS + "?limit=2&cursor="
                            + page.path("next_cursor").stringValue())
                    .json(200);
            assertThat(page.path("push_cursor").stringValue(), is("e-7"));
            listed.addAll(reasons(page));
        }
        assertThat(listed, is(revoked));
        assertThat("the head is read once", head, is(8));
    }

    @Test
    void revocationDuringTheCallIsListed() {
        onHeadRead = () -> auth.sessions.revokeAll(user, RevocationContext.of("just then"));
        assertThat(reasons(server.get(REVOCATIONS).json(200)), contains("just then"));
    }

    @Test
    void sinceExcludesEarlierRevocations() {
        auth.sessions.revokeAll(user, RevocationContext.of("before"));
        auth.pass(Duration.ofHours(1));
        auth.sessions.revokeAll(user, RevocationContext.of("after"));
        assertThat(
                reasons(server.get(REVOCATIONS + "?since=2026-01-01T10:00:00Z").json(200)),
                contains("before", "after"));
        assertThat(
                reasons(server.get(REVOCATIONS + "?since=2026-01-01T10:00:01Z").json(200)), contains("after"));
        assertThat(
                reasons(server.get(REVOCATIONS + "?since=2026-01-01T12:00:00%2B01:00")
                        .json(200)),
                contains("after"));
        assertThat(
                reasons(server.get(REVOCATIONS + "?since=2026-01-01T11:00:01Z").json(200)), is(empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "2026-01-01",
                "2026-01-01T10:00:00",
                "2026-13-01T10:00:00Z",
                "1969-12-31T23:59:59Z",
                "9999-01-01T00:00:00Z",
                "%2B999999999-12-31T23:59:59Z",
                "-999999999-01-01T00:00:00Z"
            })
    void invalidSinceIsRefused(String since) {
        String detail = server.get(REVOCATIONS + "?since=" + since).problem(400);
        assertThat(
                detail.replaceFirst("\".*\"", "…"),
                is("since must be a time such as 2026-01-31T12:00:00Z, from 1970 to 9998, but was …"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0|limit must be a whole number from 1 to 1000, but was \"0\"",
                "limit=1001|limit must be a whole number from 1 to 1000, but was \"1001\"",
                "limit=x|limit must be a whole number from 1 to 1000, but was \"x\"",
                "cursor=e-7|cursor must be the next_cursor of an earlier response, but was \"e-7\""
            })
    void invalidParameterIsRefusedByName(String query, String detail) {
        assertThat(server.get(REVOCATIONS + "?" + query).problem(400), is(detail));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void otherMethodsAreRefused(String method) {
        assertThat(server.send(method, REVOCATIONS, "").problem(405), is("this path supports GET, HEAD, OPTIONS"));
    }
}
