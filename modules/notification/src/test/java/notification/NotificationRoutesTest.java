package notification;

import static notification.TestNotifications.MINIMAL;
import static notification.TestNotifications.PATH;
import static notification.TestNotifications.bodyWith;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import push.api.ClientEvent;
import testing.TestServer;
import tools.jackson.databind.JsonNode;

/** One notification over HTTP: how each field arrives, and which requests are refused. */
class NotificationRoutesTest {

    private static final UUID USER = UUID.fromString("0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c");
    private static final UUID SESSION = UUID.fromString("11111111-2222-4333-8444-555555555555");

    private final TestNotifications notifications = new TestNotifications();
    private final List<ClientEvent> published = notifications.published;
    private final TestServer server = notifications.server;

    @AfterEach
    void close() {
        notifications.close();
    }

    @Test
    void everyFieldArrivesInTheEvent() {
        JsonNode json = notifications.accepted("""
                {"user_id": "0B7C5E0A-9F3D-4C1E-8A2B-1D2E3F4A5B6C",
                 "device_session_id": "11111111-2222-4333-8444-555555555555",
                 "kind": "mail", "payload": {"subject": "Grüße", "n": 1.10, "list": [1, null, {}]},
                 "event_id": "my event", "request_id": "my request"}
                """);
        ClientEvent event = notifications.one();
        assertThat(event.userId(), is(USER));
        assertThat(event.session(), is(Optional.of(SESSION)));
        assertThat(event.kind(), is("mail"));
        assertThat(event.payload().toString(), is("{\"subject\": \"Grüße\", \"n\": 1.10, \"list\": [1, null, {}]}"));
        assertThat(event.eventId(), is("my event"));
        assertThat(event.requestId(), is("my request"));
        assertThat(event.traceId(), is(""));
        assertThat(json.propertyNames(), containsInAnyOrder("event_id", "cursor"));
        assertThat(json.path("event_id").stringValue(), is("my event"));
        assertThat(json.path("cursor").stringValue(), is("e-1"));
    }

    @Test
    void absentEventIdIsGenerated() {
        String id = notifications.accepted(MINIMAL).path("event_id").stringValue();
        assertThat(UUID.fromString(id).version(), is(7));
        assertThat(notifications.one().eventId(), is(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\""})
    void emptyEventIdIsReplaced(String json) {
        String id = notifications
                .accepted(bodyWith("event_id", json))
                .path("event_id")
                .stringValue();
        assertThat(UUID.fromString(id).version(), is(7));
        assertThat(notifications.one().eventId(), is(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\""})
    void absentSessionMeansEverySession(String json) {
        notifications.accepted(bodyWith("device_session_id", json));
        notifications.accepted(MINIMAL);
        assertThat(published.get(0).session(), is(Optional.empty()));
        assertThat(published.get(1).session(), is(Optional.empty()));
    }

    @Test
    void absentRequestIdIsEmpty() {
        notifications.accepted(MINIMAL);
        assertThat(notifications.one().requestId(), is(""));
    }

    @Test
    void requestIdComesFromTheBodyOrElseFromTheHeader() {
        notifications.accepted(bodyWith("request_id", "\"body\""), "X-Request-Id: header");
        notifications.accepted(bodyWith("request_id", "\"\""), "X-Request-Id: header");
        notifications.accepted(bodyWith("request_id", "null"), "X-Request-Id: header");
        notifications.accepted(MINIMAL, "X-Request-Id: header");
        notifications.accepted(MINIMAL, "X-Request-Id: " + "x".repeat(257));
        assertThat(
                published.stream().map(ClientEvent::requestId).toList(), contains("body", "", "header", "header", ""));
    }

    @Test
    void traceIdComesFromTheTraceparent() {
        notifications.accepted(MINIMAL, "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        notifications.accepted(MINIMAL, "traceparent: 00-nonsense");
        assertThat(published.get(0).traceId(), is("0af7651916cd43dd8448eb211c80319c"));
        assertThat(published.get(1).traceId(), is(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user_id|null|user_id is required, and must be a UUID other than nil",
                "user_id|\"\"|user_id is required, and must be a UUID other than nil",
                "user_id|\" \"|user_id must be a UUID other than nil, but was \" \"",
                "user_id|\"bob\"|user_id must be a UUID other than nil, but was \"bob\"",
                "user_id|\"1-1-1-1-1\"|user_id must be a UUID other than nil, but was \"1-1-1-1-1\"",
                "user_id|\"00000000-0000-0000-0000-000000000000\"|user_id must be a UUID other than nil, but was \"00000000-0000-0000-0000-000000000000\"",
                "user_id|\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c0\"|user_id must have at most 36 characters, and had 37",
                "user_id|7|user_id must be a string, but was 7",
                "device_session_id|\"bob\"|device_session_id must be a UUID other than nil, but was \"bob\"",
                "device_session_id|\"00000000-0000-0000-0000-000000000000\"|device_session_id must be a UUID other than nil, but was \"00000000-0000-0000-0000-000000000000\"",
                "device_session_id|[]|device_session_id must be a string, but was []",
                "kind|null|kind is required, and must not be blank",
                "kind|\"\"|kind is required, and must not be blank",
                "kind|\" \\t\"|kind is required, and must not be blank",
                "kind|7|kind must be a string, but was 7",
                "payload|null|payload is required, and must be a JSON object; it was null",
                "payload|[]|payload is required, and must be a JSON object; it was []",
                "payload|\"{}\"|payload is required, and must be a JSON object; it was \"{}\"",
                "payload|7|payload is required, and must be a JSON object; it was 7",
                "event_id|7|event_id must be a string, but was 7",
                "request_id|{}|request_id must be a string, but was {}"
            })
    void invalidFieldIsRefusedByName(String field, String json, String detail) {
        assertThat(server.post(PATH, bodyWith(field, json)).problem(400), is(detail));
        assertThat(published, is(empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user_id", "kind", "payload"})
    void missingFieldIsRefusedByName(String field) {
        String body = bodyWith(field, "null").replaceFirst("\"" + field + "\":null,", "");
        assertThat(server.post(PATH, body).problem(400), startsWith(field + " is required, and must "));
        assertThat(published, is(empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind", "event_id", "request_id"})
    void textHasAtMost256Characters(String field) {
        notifications.accepted(bodyWith(field, '"' + "x".repeat(256) + '"'));
        assertThat(
                server.post(PATH, bodyWith(field, '"' + "x".repeat(257) + '"')).problem(400),
                is(field + " must have at most 256 characters, and had 257"));
        assertThat(published.size(), is(1));
    }

    @Test
    void unknownFieldIsRefusedWithTheAllowedOnes() {
        assertThat(
                server.post(PATH, bodyWith("userid", "1")).problem(400),
                is(
                        "unknown field \"userid\"; allowed are device_session_id, event_id, kind, payload, request_id, user_id"));
        assertThat(published, is(empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "{",
                "{\"user_id\":\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\",\"kind\":\"mail\",\"payload\":{}} {}",
                "{\"user_id\":\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\",\"kind\":\"a\",\"kind\":\"b\",\"payload\":{}}",
                "{\"user_id\":\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\",\"kind\":\"mail\",\"payload\":{\"a\":1,\"a\":2}}",
                "{\"user_id\":\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\",\"kind\":\"mail\",\"payload\":{\"a\":NaN}}"
            })
    void malformedJsonIsRefused(String body) {
        assertThat(server.post(PATH, body).problem(400), startsWith("the body is not valid JSON: "));
        assertThat(published, is(empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "\"text\""})
    void bodyMustBeAnObject(String body) {
        assertThat(server.post(PATH, body).problem(400), is("the body must be a JSON object"));
        assertThat(published, is(empty()));
    }

    @Test
    void bodyHasAtMostOneMebibyte() {
        String rest = " ".repeat((1 << 20) - MINIMAL.length());
        notifications.accepted(MINIMAL + rest);
        server.post(PATH, MINIMAL + rest + " ").problem(413);
        assertThat(published.size(), is(1));
    }

    @Test
    void chunkedBodyHasTheSameLimit() {
        String body = MINIMAL + " ".repeat((1 << 20) + 1 - MINIMAL.length());
        server.raw(TestServer.head("POST", PATH, "Content-Type: application/json")
                        + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + "\r\n" + body
                        + "\r\n0\r\n\r\n")
                .problem(413);
        assertThat(published, is(empty()));
    }

    @Test
    void otherContentTypeIsRefused() {
        server.post(PATH, MINIMAL, "Content-Type: text/plain").problem(415);
        assertThat(published, is(empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE"})
    void otherMethodsAreRefused(String method) {
        TestServer.Answer answer = server.send(method, PATH, MINIMAL);
        assertThat(answer.problem(405), is("this path supports POST, OPTIONS"));
        assertThat(answer.headers().get("Allow"), is("POST, OPTIONS"));
        assertThat(published, is(empty()));
    }

    @Test
    void unknownPathIsNotFound() {
        server.post(PATH + "/more", MINIMAL).problem(404);
        assertThat(published, is(empty()));
    }

    @Test
    void closedHubIsUnavailable() {
        notifications.closeAfter(0);
        assertThat(server.post(PATH, MINIMAL).problem(503), is("push service stopped"));
    }
}
