package auth;

import static auth.SessionApi.SESSIONS;
import static auth.SessionApi.USER;
import static auth.SessionApi.allOf;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.TestServer;
import tools.jackson.databind.JsonNode;

/** The calls that revoke sessions. */
class SessionRevocationRoutesTest {

    private final SessionApi api = new SessionApi();
    private final TestAuth auth = api.auth;
    private final RecordingInvalidator invalidations = auth.invalidations;
    private final TestServer server = api.server;

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void revokedSessionIsReturnedWithItsTimeAndReason() {
        String id = api.opened();
        auth.pass(Duration.ofHours(1));
        assertThat(api.delete(SESSIONS + "/" + id + "?reason=lost%20phone").status(), is(204));
        JsonNode json = server.get(SESSIONS + "/" + id).json(200);
        assertThat(json.path("created_at").stringValue(), is("2026-01-01T10:00:00Z"));
        assertThat(json.path("state").stringValue(), is("revoked"));
        assertThat(json.path("revoked_at").stringValue(), is("2026-01-01T11:00:00Z"));
        assertThat(json.path("reason").stringValue(), is("lost phone"));
    }

    @Test
    void repeatedRevocationIsPublishedOnce() {
        String id = api.opened();
        TestServer.Answer first = api.delete(SESSIONS + "/" + id + "?reason=lost");
        TestServer.Answer second = api.delete(SESSIONS + "/" + id + "?reason=stolen");
        assertThat(first.status(), is(204));
        assertThat(first.body(), is(""));
        assertThat(second.status(), is(204));
        RecordingInvalidator.Invalidation invalidation = invalidations.only();
        assertThat(invalidation.userId(), is(USER));
        assertThat(invalidation.deviceSessionId(), is(UUID.fromString(id)));
        assertThat(invalidation.reason(), is("lost"));
    }

    @Test
    void reasonMayBeAbsent() {
        String id = api.opened();
        assertThat(api.delete(SESSIONS + "/" + id).status(), is(204));
        assertThat(invalidations.only().reason(), is(""));
        assertThat(server.get(SESSIONS + "/" + id).json(200).path("reason").stringValue(), is(""));
    }

    @Test
    void reasonHasAtMost1024Characters() {
        String id = api.opened();
        assertThat(
                api.delete(SESSIONS + "/" + id + "?reason=" + "x".repeat(1025)).problem(400),
                is("reason must have at most 1024 characters, and had 1025"));
        assertThat(api.delete(allOf(USER) + "?reason=" + "x".repeat(1025)).problem(400), startsWith("reason must "));
        assertThat(invalidations.published(), is(empty()));
        assertThat(api.state(id), is(Session.State.OPEN));
        assertThat(
                api.delete(SESSIONS + "/" + id + "?reason=" + "x".repeat(1024)).status(), is(204));
    }

    @Test
    void allSessionsOfAUserAreRevokedWithOneInvalidation() {
        String one = api.opened();
        String two = api.opened();
        JsonNode json = api.delete(allOf(USER) + "?reason=moved%20out").json(200);
        assertThat(json.propertyNames(), contains("revoked"));
        assertThat(json.path("revoked").intValue(), is(2));
        RecordingInvalidator.Invalidation invalidation = invalidations.only();
        assertThat(invalidation.userId(), is(USER));
        assertThat(Optional.ofNullable(invalidation.deviceSessionId()), is(Optional.empty()));
        assertThat(invalidation.reason(), is("moved out"));
        assertThat(api.state(one), is(Session.State.REVOKED));
        assertThat(api.state(two), is(Session.State.REVOKED));
    }

    @Test
    void invalidationIsPublishedForAUserWithoutOpenSessions() {
        assertThat(api.delete(allOf(USER)).json(200).path("revoked").intValue(), is(0));
        assertThat(invalidations.only().userId(), is(USER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob", "1-1-1-1-1", "00000000-0000-0000-0000-000000000000"})
    void invalidUserIdIsRefused(String user) {
        assertThat(
                api.delete(allOf(user)).problem(400),
                is("user_id must be a UUID other than nil, but was \"" + user + "\""));
        assertThat(invalidations.published(), is(empty()));
    }

    @Test
    void revocationAtAClosedHubIsPublishedByTheNextHub() {
        String id = api.opened();
        invalidations.close();
        assertThat(api.delete(SESSIONS + "/" + id).status(), is(204));
        assertThat(invalidations.published(), is(empty()));
        invalidations.open();
        auth.relay.step();
        assertThat(invalidations.only().deviceSessionId(), is(UUID.fromString(id)));
    }
}
