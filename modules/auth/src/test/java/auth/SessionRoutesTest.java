package auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import database.DatabaseUnavailable;
import http.Problem;
import http.Problems;
import idempotency.IdempotencyKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import testing.TestDatabase;
import testing.TestServer;
import tools.jackson.databind.JsonNode;

class SessionRoutesTest {

    private static final String SESSIONS = "/api/v1/sessions";
    private static final UUID USER = UUID.fromString("0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c");
    private static final UUID UNKNOWN = UUID.fromString("11111111-2222-4333-8444-555555555555");

    private final TestAuth auth = new TestAuth(TestDatabase.H2);
    private final Invalidations invalidations = auth.invalidations;
    private final Sessions sessions = auth.sessions;
    private final IdempotencyKeys keys = new IdempotencyKeys(auth.database, Duration.ofDays(1), auth.clock, true);
    private final TestServer server = new TestServer(settings -> Problems.serve(settings, routing -> {
        Problems.translate(routing, DatabaseUnavailable.class, Problem::overloaded);
        routing.register("/api/v1", new SessionRoutes(sessions, keys));
    }));

    @AfterEach
    void close() {
        server.close();
        auth.close();
    }

    private Session.State state(String id) {
        return sessions.state(sessions.find(UUID.fromString(id)).orElseThrow());
    }

    private TestServer.Answer delete(String path) {
        return server.send("DELETE", path, "");
    }

    private static String allOf(Object user) {
        return "/api/v1/users/" + user + "/sessions";
    }

    private String opened() {
        return server.post(SESSIONS, "{\"user_id\":\"" + USER + "\"}")
                .json(201)
                .path("device_session_id")
                .stringValue();
    }

    @Test
    void sessionIsOpened() {
        JsonNode json = server.post(SESSIONS, "{\"user_id\":\"" + USER + "\",\"device\":\"phone\"}")
                .json(201);
        assertThat(
                json.propertyNames(),
                contains(
                        "device_session_id", "user_id", "device", "state", "created_at", "last_seen_at", "expires_at"));
        UUID id = UUID.fromString(json.path("device_session_id").stringValue());
        assertThat(sessions.find(id).orElseThrow().device(), is("phone"));
        assertThat(json.path("user_id").stringValue(), is(USER.toString()));
        assertThat(json.path("device").stringValue(), is("phone"));
        assertThat(json.path("state").stringValue(), is("open"));
        assertThat(json.path("created_at").stringValue(), is("2026-01-01T10:00:00Z"));
        assertThat(json.path("last_seen_at").stringValue(), is("2026-01-01T10:00:00Z"));
        assertThat(json.path("expires_at").stringValue(), is("2026-01-31T10:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"device\":null"})
    void deviceMayBeAbsent(String device) {
        JsonNode json = server.post(SESSIONS, "{\"user_id\":\"" + USER + "\"" + device + "}")
                .json(201);
        assertThat(
                json.propertyNames(),
                contains("device_session_id", "user_id", "state", "created_at", "last_seen_at", "expires_at"));
    }

    @Test
    void userIsTakenInEitherCaseAndToldInLowerCase() {
        String body = "{\"user_id\":\"" + USER.toString().toUpperCase(Locale.ROOT) + "\"}";
        assertThat(server.post(SESSIONS, body).json(201).path("user_id").stringValue(), is(USER.toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|user_id is required, and must be a UUID other than nil",
                "{\"user_id\":null}|user_id is required, and must be a UUID other than nil",
                "{\"user_id\":\"\"}|user_id is required, and must be a UUID other than nil",
                "{\"user_id\":\" \"}|user_id must be a UUID other than nil, and was \" \"",
                "{\"user_id\":\"bob\"}|user_id must be a UUID other than nil, and was \"bob\"",
                "{\"user_id\":\"00000000-0000-0000-0000-000000000000\"}|user_id must be a UUID other than nil, and was \"00000000-0000-0000-0000-000000000000\"",
                "{\"user_id\":7}|user_id must be a string, and was 7",
                "{\"user_id\":\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\",\"device\":7}|device must be a string, and was 7",
                "{\"user_id\":\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\",\"devise\":\"x\"}|unknown field \"devise\"; allowed are device, user_id",
                "[]|the body must be a JSON object"
            })
    void bodyThatCannotBeIsRefusedByTheNameOfItsField(String body, String detail) {
        assertThat(server.post(SESSIONS, body).problem(400), is(detail));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "{\"user_id\":\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\"} x",
                "{\"user_id\":\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\",\"device\":\"a\",\"device\":\"b\"}"
            })
    void bodyThatIsNoJsonIsRefused(String body) {
        assertThat(server.post(SESSIONS, body).problem(400), startsWith("the body is not valid JSON: "));
    }

    @Test
    void deviceMayHave256CharactersAndNoMore() {
        String body = "{\"user_id\":\"" + USER + "\",\"device\":\"%s\"}";
        server.post(SESSIONS, body.formatted("x".repeat(256))).json(201);
        assertThat(
                server.post(SESSIONS, body.formatted("x".repeat(257))).problem(400),
                is("device must have at most 256 characters, and had 257"));
    }

    @Test
    void anyTypeButJsonIsRefused() {
        server.post(SESSIONS, "{\"user_id\":\"" + USER + "\"}", "Content-Type: text/plain")
                .problem(415);
    }

    @Test
    void openSessionIsShown() {
        String id = opened();
        JsonNode json = server.get(SESSIONS + "/" + id).json(200);
        assertThat(
                json.propertyNames(),
                contains("device_session_id", "user_id", "state", "created_at", "last_seen_at", "expires_at"));
        assertThat(json.path("device_session_id").stringValue(), is(id));
    }

    @Test
    void revokedSessionIsShownWithItsTimeAndReason() {
        String id = opened();
        auth.pass(Duration.ofHours(1));
        assertThat(delete(SESSIONS + "/" + id + "?reason=lost%20phone").status(), is(204));
        JsonNode json = server.get(SESSIONS + "/" + id).json(200);
        assertThat(json.path("created_at").stringValue(), is("2026-01-01T10:00:00Z"));
        assertThat(json.path("state").stringValue(), is("revoked"));
        assertThat(json.path("revoked_at").stringValue(), is("2026-01-01T11:00:00Z"));
        assertThat(json.path("reason").stringValue(), is("lost phone"));
    }

    @Test
    void revokedSessionIsToldOnceHoweverOftenItIsAskedFor() {
        String id = opened();
        TestServer.Answer first = delete(SESSIONS + "/" + id + "?reason=lost");
        TestServer.Answer second = delete(SESSIONS + "/" + id + "?reason=stolen");
        assertThat(first.status(), is(204));
        assertThat(first.body(), is(""));
        assertThat(second.status(), is(204));
        Invalidations.Told told = invalidations.one();
        assertThat(told.userId(), is(USER));
        assertThat(told.deviceSessionId(), is(UUID.fromString(id)));
        assertThat(told.reason(), is("lost"));
    }

    @Test
    void reasonMayBeAbsent() {
        String id = opened();
        assertThat(delete(SESSIONS + "/" + id).status(), is(204));
        assertThat(invalidations.one().reason(), is(""));
        assertThat(server.get(SESSIONS + "/" + id).json(200).path("reason").stringValue(), is(""));
    }

    @Test
    void reasonMayHave1024CharactersAndNoMore() {
        String id = opened();
        assertThat(
                delete(SESSIONS + "/" + id + "?reason=" + "x".repeat(1025)).problem(400),
                is("reason must have at most 1024 characters, and had 1025"));
        assertThat(delete(allOf(USER) + "?reason=" + "x".repeat(1025)).problem(400), startsWith("reason must "));
        assertThat(invalidations.told(), is(empty()));
        assertThat(state(id), is(Session.State.OPEN));
        assertThat(delete(SESSIONS + "/" + id + "?reason=" + "x".repeat(1024)).status(), is(204));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void unknownSessionIsNotFound(String method) {
        assertThat(
                server.send(method, SESSIONS + "/" + UNKNOWN, "").problem(404), is("there is no session " + UNKNOWN));
        assertThat(invalidations.told(), is(empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void sessionThatIsNoUuidIsRefused(String method) {
        assertThat(
                server.send(method, SESSIONS + "/1-1-1-1-1", "").problem(400),
                is("device_session_id must be a UUID other than nil, and was \"1-1-1-1-1\""));
        server.send(method, SESSIONS + "/00000000-0000-0000-0000-000000000000", "")
                .problem(400);
        assertThat(invalidations.told(), is(empty()));
    }

    @Test
    void allSessionsOfAUserAreRevokedAndToldInOneInvalidation() {
        String one = opened();
        String two = opened();
        JsonNode json = delete(allOf(USER) + "?reason=moved%20out").json(200);
        assertThat(json.propertyNames(), contains("revoked"));
        assertThat(json.path("revoked").intValue(), is(2));
        Invalidations.Told told = invalidations.one();
        assertThat(told.userId(), is(USER));
        assertThat(Optional.ofNullable(told.deviceSessionId()), is(Optional.empty()));
        assertThat(told.reason(), is("moved out"));
        assertThat(state(one), is(Session.State.REVOKED));
        assertThat(state(two), is(Session.State.REVOKED));
    }

    @Test
    void userWithoutOpenSessionsIsToldAllTheSame() {
        assertThat(delete(allOf(USER)).json(200).path("revoked").intValue(), is(0));
        assertThat(invalidations.one().userId(), is(USER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob", "1-1-1-1-1", "00000000-0000-0000-0000-000000000000"})
    void userThatIsNoUuidIsRefused(String user) {
        assertThat(
                delete(allOf(user)).problem(400),
                is("user_id must be a UUID other than nil, and was \"" + user + "\""));
        assertThat(invalidations.told(), is(empty()));
    }

    @Test
    void whatIsRevokedUnderAClosedHubIsToldByTheNext() {
        String id = opened();
        invalidations.close();
        assertThat(delete(SESSIONS + "/" + id).status(), is(204));
        assertThat(invalidations.told(), is(empty()));
        invalidations.open();
        auth.relay.step();
        assertThat(invalidations.one().deviceSessionId(), is(UUID.fromString(id)));
    }

    @Test
    void databaseThatIsAwayIsAMatterOfTime() {
        String id = opened();
        auth.database.close();
        for (TestServer.Answer answer : List.of(
                server.get(SESSIONS + "/" + id),
                delete(SESSIONS + "/" + id),
                delete(allOf(USER)),
                server.get(allOf(USER)),
                server.post(SESSIONS + "/" + id + "/touch", ""),
                server.post(SESSIONS, "{\"user_id\":\"" + USER + "\"}"))) {
            assertThat(answer.problem(503), is("the server is too busy; retry later"));
            assertThat(answer.headers().get("Retry-After"), is("1"));
        }
    }

    @Test
    void characterThatNoDatabaseTakesIsRefused() {
        assertThat(
                server.post(SESSIONS, "{\"user_id\":\"" + USER + "\",\"device\":\"a\\u0000b\"}")
                        .problem(400),
                is("device must not have the character U+0000"));
        String id = opened();
        assertThat(
                delete(SESSIONS + "/" + id + "?reason=a%00b").problem(400),
                is("reason must not have the character U+0000"));
        assertThat(state(id), is(Session.State.OPEN));
    }

    @Test
    void anyOtherTextIsKeptAsItWas() {
        String device = "Zoë's 📱 \n\t' \" \\";
        String id = server.post(SESSIONS, "{\"user_id\":\"" + USER + "\",\"device\":\"Zoë's 📱 \\n\\t' \\\" \\\\\"}")
                .json(201)
                .path("device_session_id")
                .stringValue();
        assertThat(server.get(SESSIONS + "/" + id).json(200).path("device").stringValue(), is(device));
    }

    @Test
    void expiredSessionIsShownAsSuch() {
        String id = opened();
        auth.pass(TestAuth.TTL);
        JsonNode json = server.get(SESSIONS + "/" + id).json(200);
        assertThat(json.path("state").stringValue(), is("expired"));
        assertThat(json.has("revoked_at"), is(false));
        assertThat(delete(SESSIONS + "/" + id).status(), is(204));
        assertThat(server.get(SESSIONS + "/" + id).json(200).path("state").stringValue(), is("revoked"));
    }

    @Test
    void touchedSessionIsShownWithItsTime() {
        String id = opened();
        auth.pass(Duration.ofHours(1));
        JsonNode json = server.post(SESSIONS + "/" + id + "/touch", "").json(200);
        assertThat(json.path("last_seen_at").stringValue(), is("2026-01-01T11:00:00Z"));
        assertThat(json, is(server.get(SESSIONS + "/" + id).json(200)));
    }

    @Test
    void sessionThatIsNotOpenIsNotTouched() {
        String revoked = opened();
        delete(SESSIONS + "/" + revoked);
        assertThat(
                server.post(SESSIONS + "/" + revoked + "/touch", "").problem(409),
                is("session " + revoked + " is revoked"));
        String expired = opened();
        auth.pass(TestAuth.TTL.plusSeconds(1));
        assertThat(
                server.post(SESSIONS + "/" + expired + "/touch", "").problem(409),
                is("session " + expired + " is expired"));
        server.post(SESSIONS + "/" + UNKNOWN + "/touch", "").problem(404);
        server.post(SESSIONS + "/x/touch", "").problem(400);
    }

    private static List<String> ids(JsonNode page) {
        return page.path("sessions")
                .valueStream()
                .map(session -> session.path("device_session_id").stringValue())
                .toList();
    }

    @Test
    void sessionsAreListedPageByPage() {
        List<String> opened = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            opened.addFirst(opened());
            auth.pass(Duration.ofSeconds(1));
        }
        JsonNode first = server.get(allOf(USER) + "?limit=3").json(200);
        assertThat(first.propertyNames(), contains("sessions", "next_cursor"));
        assertThat(ids(first), is(opened.subList(0, 3)));
        JsonNode second = server.get(allOf(USER) + "?limit=3&cursor="
                        + first.path("next_cursor").stringValue())
                .json(200);
        assertThat(second.propertyNames(), contains("sessions"));
        assertThat(ids(second), is(opened.subList(3, 5)));
        assertThat(
                second.path("sessions").path(0),
                is(server.get(SESSIONS + "/" + opened.get(3)).json(200)));
    }

    @Test
    void openSessionsAreListedUnlessAllAreAskedFor() {
        String revoked = opened();
        delete(SESSIONS + "/" + revoked);
        auth.pass(Duration.ofSeconds(1));
        String open = opened();
        assertThat(ids(server.get(allOf(USER)).json(200)), is(List.of(open)));
        assertThat(ids(server.get(allOf(USER) + "?state=open").json(200)), is(List.of(open)));
        assertThat(ids(server.get(allOf(USER) + "?state=all").json(200)), is(List.of(open, revoked)));
        assertThat(ids(server.get(allOf(UNKNOWN)).json(200)), is(empty()));
    }

    @Test
    void pageHasFiftySessionsUnlessTold() {
        for (int i = 0; i < 51; i++) {
            opened();
        }
        assertThat(ids(server.get(allOf(USER)).json(200)).size(), is(50));
        assertThat(ids(server.get(allOf(USER) + "?limit=200").json(200)).size(), is(51));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0|limit must be a whole number from 1 to 200, and was \"0\"",
                "limit=201|limit must be a whole number from 1 to 200, and was \"201\"",
                "limit=-1|limit must be a whole number from 1 to 200, and was \"-1\"",
                "limit=ten|limit must be a whole number from 1 to 200, and was \"ten\"",
                "limit=|limit must be a whole number from 1 to 200, and was \"\"",
                "limit=99999999999|limit must be a whole number from 1 to 200, and was \"99999999999\"",
                "state=closed|state must be one of all, open, and was \"closed\"",
                "cursor=x|cursor must be the next_cursor of an earlier response, and was \"x\"",
                "cursor=|cursor must be the next_cursor of an earlier response, and was \"\""
            })
    void listThatCannotBeIsRefusedByTheNameOfItsParameter(String query, String detail) {
        assertThat(server.get(allOf(USER) + "?" + query).problem(400), is(detail));
    }

    @Test
    void listOfAUserThatIsNoUuidIsRefused() {
        assertThat(server.get(allOf("bob")).problem(400), is("user_id must be a UUID other than nil, and was \"bob\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/api/v1/sessions|POST, OPTIONS",
                "DELETE|/api/v1/sessions|POST, OPTIONS",
                "POST|/api/v1/sessions/11111111-2222-4333-8444-555555555555|GET, HEAD, DELETE, OPTIONS",
                "PUT|/api/v1/sessions/11111111-2222-4333-8444-555555555555|GET, HEAD, DELETE, OPTIONS",
                "GET|/api/v1/sessions/11111111-2222-4333-8444-555555555555/touch|POST, OPTIONS",
                "PUT|/api/v1/users/11111111-2222-4333-8444-555555555555/sessions|GET, HEAD, DELETE, OPTIONS",
                "POST|/api/v1/users/11111111-2222-4333-8444-555555555555/sessions|GET, HEAD, DELETE, OPTIONS"
            })
    void methodThatAPathDoesNotKnowIsRefusedWithThoseItKnows(String method, String path, String allowed) {
        TestServer.Answer answer = server.send(method, path, "");
        assertThat(answer.problem(405), is("this path supports " + allowed));
        assertThat(answer.headers().get("Allow"), is(allowed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/sessions/11111111-2222-4333-8444-555555555555/more",
                "/api/v1/users/11111111-2222-4333-8444-555555555555",
                "/api/v1/users",
                "/sessions"
            })
    void pathThatNobodyServesIsNotFound(String path) {
        server.get(path).problem(404);
    }

    private TestServer.Answer openWithKey(String key, String user) {
        return server.send("POST", SESSIONS, "{\"user_id\":\"" + user + "\"}", "Idempotency-Key: " + key);
    }

    @Test
    void repeatedRequestOpensOneSession() {
        TestServer.Answer first = openWithKey("k", USER.toString());
        TestServer.Answer second = openWithKey("k", USER.toString());
        assertThat(first.status(), is(201));
        assertThat(second.status(), is(201));
        assertThat(second.body(), is(first.body()));
        assertThat(
                sessions.list(USER, Sessions.Filter.ALL, SessionCursor.START, 10)
                        .items(),
                hasSize(1));
        assertThat(openWithKey("k", UNKNOWN.toString()).status(), is(422));
        assertThat(openWithKey("k2", USER.toString()).body(), is(not(first.body())));
    }

    @Test
    void attemptThatWasCutShortIsFoundAgain() {
        UUID id = UUID.randomUUID();
        Session opened = sessions.open(id, USER, "phone"); // as if the process had died before it could answer
        NewSession again = new NewSession(sessions, id, USER, "phone", Session::id);
        assertThat(again.run().json(), is("\"" + opened.id() + "\""));
        assertThat(
                sessions.list(USER, Sessions.Filter.ALL, SessionCursor.START, 10)
                        .items(),
                hasSize(1));
    }

    @Test
    void userHasSoManyOpenSessionsAndNoMore() {
        Sessions few = auth.with(new SessionConfig(TestAuth.TTL, TestAuth.TTL, 3));
        try (TestServer small = new TestServer(settings ->
                Problems.serve(settings, routing -> routing.register("/api/v1", new SessionRoutes(few, keys))))) {
            String body = "{\"user_id\":\"" + USER + "\"}";
            for (int i = 0; i < 3; i++) {
                assertThat(small.post(SESSIONS, body).status(), is(201));
            }
            TestServer.Answer refused = small.send("POST", SESSIONS, body, "Idempotency-Key: k");
            assertThat(refused.status(), is(409));
            assertThat(refused.body(), containsString("/problems/too-many-sessions"));
            assertThat(refused.body(), containsString("has 3 open sessions"));
            assertThat(small.post(SESSIONS, "{\"user_id\":\"" + UNKNOWN + "\"}").status(), is(201));
            few.revokeAll(USER, Cause.of(""));
            assertThat(
                    "the key is free",
                    small.send("POST", SESSIONS, body, "Idempotency-Key: k").status(),
                    is(201));
        }
    }

    /** A misspelt parameter would revoke without a reason, or list the wrong sessions. */
    @ParameterizedTest
    @CsvSource({
        "DELETE, /users/0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c/sessions?raison=x, 'unknown parameter \"raison\"; allowed are reason'",
        "DELETE, /users/0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c/sessions?reason=x&reason=y, reason must not be repeated",
        "DELETE, /sessions/0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c?why=x, 'unknown parameter \"why\"; allowed are reason'",
        "GET, /users/0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c/sessions?stat=all, 'unknown parameter \"stat\"; allowed are cursor, limit, state'"
    })
    void unknownParameterIsRefused(String method, String path, String why) {
        assertThat(server.send(method, "/api/v1" + path, "").problem(400), is(why));
    }
}
