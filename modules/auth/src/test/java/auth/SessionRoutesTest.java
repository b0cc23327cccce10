package auth;

import static auth.SessionApi.SESSIONS;
import static auth.SessionApi.UNKNOWN;
import static auth.SessionApi.USER;
import static auth.SessionApi.allOf;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import http.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import testing.TestServer;
import tools.jackson.databind.JsonNode;

class SessionRoutesTest {

    private final SessionApi api = new SessionApi();
    private final TestAuth auth = api.auth;
    private final RecordingInvalidator invalidations = auth.invalidations;
    private final Sessions sessions = auth.sessions;
    private final TestServer server = api.server;

    @AfterEach
    void close() {
        api.close();
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
    void userIdIsReturnedInLowerCase() {
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
                "{\"user_id\":\" \"}|user_id must be a UUID other than nil, but was \" \"",
                "{\"user_id\":\"bob\"}|user_id must be a UUID other than nil, but was \"bob\"",
                "{\"user_id\":\"00000000-0000-0000-0000-000000000000\"}|user_id must be a UUID other than nil, but was \"00000000-0000-0000-0000-000000000000\"",
                "{\"user_id\":7}|user_id must be a string, but was 7",
                "{\"user_id\":\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\",\"device\":7}|device must be a string, but was 7",
                "{\"user_id\":\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\",\"devise\":\"x\"}|unknown field \"devise\"; allowed are device, user_id",
                "[]|the body must be a JSON object"
            })
    void invalidFieldIsRefusedByName(String body, String detail) {
        assertThat(server.post(SESSIONS, body).problem(400), is(detail));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "{\"user_id\":\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\"} x",
                "{\"user_id\":\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\",\"device\":\"a\",\"device\":\"b\"}"
            })
    void malformedJsonIsRefused(String body) {
        assertThat(server.post(SESSIONS, body).problem(400), startsWith("the body is not valid JSON: "));
    }

    @Test
    void deviceHasAtMost256Characters() {
        String body = "{\"user_id\":\"" + USER + "\",\"device\":\"%s\"}";
        server.post(SESSIONS, body.formatted("x".repeat(256))).json(201);
        assertThat(
                server.post(SESSIONS, body.formatted("x".repeat(257))).problem(400),
                is("device must have at most 256 characters, and had 257"));
    }

    @Test
    void otherContentTypeIsRefused() {
        server.post(SESSIONS, "{\"user_id\":\"" + USER + "\"}", "Content-Type: text/plain")
                .problem(415);
    }

    @Test
    void openSessionIsReturned() {
        String id = api.opened();
        JsonNode json = server.get(SESSIONS + "/" + id).json(200);
        assertThat(
                json.propertyNames(),
                contains("device_session_id", "user_id", "state", "created_at", "last_seen_at", "expires_at"));
        assertThat(json.path("device_session_id").stringValue(), is(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void unknownSessionIsNotFound(String method) {
        assertThat(
                server.send(method, SESSIONS + "/" + UNKNOWN, "").problem(404), is("there is no session " + UNKNOWN));
        assertThat(invalidations.published(), is(empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void invalidSessionIdIsRefused(String method) {
        assertThat(
                server.send(method, SESSIONS + "/1-1-1-1-1", "").problem(400),
                is("device_session_id must be a UUID other than nil, but was \"1-1-1-1-1\""));
        server.send(method, SESSIONS + "/00000000-0000-0000-0000-000000000000", "")
                .problem(400);
        assertThat(invalidations.published(), is(empty()));
    }

    @Test
    void unavailableDatabaseIsAnsweredWithRetryAfter() {
        String id = api.opened();
        auth.database.close();
        for (TestServer.Answer answer : List.of(
                server.get(SESSIONS + "/" + id),
                api.delete(SESSIONS + "/" + id),
                api.delete(allOf(USER)),
                server.get(allOf(USER)),
                server.post(SESSIONS + "/" + id + "/touch", ""),
                server.post(SESSIONS, "{\"user_id\":\"" + USER + "\"}"))) {
            assertThat(answer.problem(503), is("the server is too busy; retry later"));
            assertThat(answer.headers().get("Retry-After"), is("1"));
        }
    }

    @Test
    void nulCharacterIsRefused() {
        assertThat(
                server.post(SESSIONS, "{\"user_id\":\"" + USER + "\",\"device\":\"a\\u0000b\"}")
                        .problem(400),
                is("device must not contain the character U+0000"));
        String id = api.opened();
        assertThat(
                api.delete(SESSIONS + "/" + id + "?reason=a%00b").problem(400),
                is("reason must not contain the character U+0000"));
        assertThat(api.state(id), is(Session.State.OPEN));
    }

    @Test
    void otherCharactersAreKept() {
        String device = "Zoë's 📱 \n\t' \" \\";
        String id = server.post(SESSIONS, "{\"user_id\":\"" + USER + "\",\"device\":\"Zoë's 📱 \\n\\t' \\\" \\\\\"}")
                .json(201)
                .path("device_session_id")
                .stringValue();
        assertThat(server.get(SESSIONS + "/" + id).json(200).path("device").stringValue(), is(device));
    }

    @Test
    void expiredSessionIsReturnedAsExpired() {
        String id = api.opened();
        auth.pass(TestAuth.TTL);
        JsonNode json = server.get(SESSIONS + "/" + id).json(200);
        assertThat(json.path("state").stringValue(), is("expired"));
        assertThat(json.has("revoked_at"), is(false));
        assertThat(api.delete(SESSIONS + "/" + id).status(), is(204));
        assertThat(server.get(SESSIONS + "/" + id).json(200).path("state").stringValue(), is("revoked"));
    }

    @Test
    void touchReturnsTheNewTime() {
        String id = api.opened();
        auth.pass(Duration.ofHours(1));
        JsonNode json = server.post(SESSIONS + "/" + id + "/touch", "").json(200);
        assertThat(json.path("last_seen_at").stringValue(), is("2026-01-01T11:00:00Z"));
        assertThat(json, is(server.get(SESSIONS + "/" + id).json(200)));
    }

    @Test
    void sessionThatIsNotOpenCannotBeTouched() {
        String revoked = api.opened();
        api.delete(SESSIONS + "/" + revoked);
        assertThat(
                server.post(SESSIONS + "/" + revoked + "/touch", "").problem(409),
                is("session " + revoked + " is revoked"));
        String expired = api.opened();
        auth.pass(TestAuth.TTL.plusSeconds(1));
        assertThat(
                server.post(SESSIONS + "/" + expired + "/touch", "").problem(409),
                is("session " + expired + " is expired"));
        server.post(SESSIONS + "/" + UNKNOWN + "/touch", "").problem(404);
        server.post(SESSIONS + "/x/touch", "").problem(400);
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
    void unsupportedMethodIsRefusedWithTheAllowedOnes(String method, String path, String allowed) {
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
    void unknownPathIsNotFound(String path) {
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
    void repeatedAttemptFindsTheSession() {
        UUID id = UUID.randomUUID();
        Session opened = sessions.open(id, USER, "phone"); // as if the process had died before it sent the response
        NewSession again = new NewSession(sessions, id, USER, "phone", Session::id);
        assertThat(again.run().json(), is("\"" + opened.id() + "\""));
        assertThat(
                sessions.list(USER, Sessions.Filter.ALL, SessionCursor.START, 10)
                        .items(),
                hasSize(1));
    }

    @Test
    void openSessionsOfAUserAreLimited() {
        Sessions few = auth.with(new SessionConfig(TestAuth.TTL, TestAuth.TTL, 3));
        try (TestServer small = new TestServer(settings ->
                Problems.serve(settings, routing -> routing.register("/api/v1", new SessionRoutes(few, api.keys))))) {
            String body = "{\"user_id\":\"" + USER + "\"}";
            for (int i = 0; i < 3; i++) {
                assertThat(small.post(SESSIONS, body).status(), is(201));
            }
            TestServer.Answer refused = small.send("POST", SESSIONS, body, "Idempotency-Key: k");
            assertThat(refused.status(), is(409));
            assertThat(refused.body(), containsString("/problems/too-many-sessions"));
            assertThat(refused.body(), containsString("has 3 open sessions"));
            assertThat(small.post(SESSIONS, "{\"user_id\":\"" + UNKNOWN + "\"}").status(), is(201));
            few.revokeAll(USER, RevocationContext.of(""));
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
