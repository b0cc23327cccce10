package auth;

import static auth.SessionApi.SESSIONS;
import static auth.SessionApi.UNKNOWN;
import static auth.SessionApi.USER;
import static auth.SessionApi.allOf;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import testing.TestServer;
import tools.jackson.databind.JsonNode;

/** The call that lists a user's sessions. */
class SessionListRoutesTest {

    private final SessionApi api = new SessionApi();
    private final TestAuth auth = api.auth;
    private final TestServer server = api.server;

    @AfterEach
    void close() {
        api.close();
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
            opened.addFirst(api.opened());
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
    void openSessionsAreListedByDefault() {
        String revoked = api.opened();
        api.delete(SESSIONS + "/" + revoked);
        auth.pass(Duration.ofSeconds(1));
        String open = api.opened();
        assertThat(ids(server.get(allOf(USER)).json(200)), is(List.of(open)));
        assertThat(ids(server.get(allOf(USER) + "?state=open").json(200)), is(List.of(open)));
        assertThat(ids(server.get(allOf(USER) + "?state=all").json(200)), is(List.of(open, revoked)));
        assertThat(ids(server.get(allOf(UNKNOWN)).json(200)), is(empty()));
    }

    @Test
    void pageHasFiftySessionsByDefault() {
        for (int i = 0; i < 51; i++) {
            api.opened();
        }
        assertThat(ids(server.get(allOf(USER)).json(200)).size(), is(50));
        assertThat(ids(server.get(allOf(USER) + "?limit=200").json(200)).size(), is(51));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0|limit must be a whole number from 1 to 200, but was \"0\"",
                "limit=201|limit must be a whole number from 1 to 200, but was \"201\"",
                "limit=-1|limit must be a whole number from 1 to 200, but was \"-1\"",
                "limit=ten|limit must be a whole number from 1 to 200, but was \"ten\"",
                "limit=|limit must be a whole number from 1 to 200, but was \"\"",
                "limit=99999999999|limit must be a whole number from 1 to 200, but was \"99999999999\"",
                "state=closed|state must be one of all, open, but was \"closed\"",
                "cursor=x|cursor must be the next_cursor of an earlier response, but was \"x\"",
                "cursor=|cursor must be the next_cursor of an earlier response, but was \"\""
            })
    void invalidParameterIsRefusedByName(String query, String detail) {
        assertThat(server.get(allOf(USER) + "?" + query).problem(400), is(detail));
    }

    @Test
    void invalidUserIdIsRefused() {
        assertThat(server.get(allOf("bob")).problem(400), is("user_id must be a UUID other than nil, but was \"bob\""));
    }
}
