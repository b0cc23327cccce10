package notification;

import static notification.TestNotifications.MINIMAL;
import static notification.TestNotifications.PATH;
import static notification.TestNotifications.RETENTION;
import static notification.TestNotifications.bodyWith;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import push.api.ClientEvent;
import testing.MovingClock;
import testing.TestServer;
import tools.jackson.databind.JsonNode;

/** Notifications with an {@code Idempotency-Key}. */
class NotificationKeysTest {

    private final MovingClock clock = new MovingClock();
    private final TestNotifications notifications = new TestNotifications(CatalogueConfig.everything(), clock);
    private final List<ClientEvent> published = notifications.published;
    private final TestServer server = notifications.server;

    @AfterEach
    void close() {
        notifications.close();
    }

    @Test
    void repeatedKeyGetsTheSameAnswerAndIsPublishedOnce() {
        JsonNode first = notifications.accepted(MINIMAL, "Idempotency-Key: k");
        JsonNode second = notifications.accepted(MINIMAL, "Idempotency-Key: k");
        assertThat(second, is(first));
        assertThat(notifications.one().eventId(), is(first.path("event_id").stringValue()));
    }

    @Test
    void withoutAKeyEachRequestIsPublished() {
        assertThat(notifications.accepted(MINIMAL), is(not(notifications.accepted(MINIMAL))));
        assertThat(published.size(), is(2));
    }

    @Test
    void keyWithAnotherBodyIsUnprocessable() {
        notifications.accepted(MINIMAL, "Idempotency-Key: k");
        assertThat(
                server.post(PATH, bodyWith("kind", "\"chat\""), "Idempotency-Key: k")
                        .problem(422),
                is("this Idempotency-Key was used with a different body"));
        assertThat(notifications.one().kind(), is("mail"));
    }

    @Test
    void keyIsForgottenAfterItsRetention() {
        notifications.accepted(MINIMAL, "Idempotency-Key: k");
        clock.advance(RETENTION);
        notifications.accepted(bodyWith("kind", "\"chat\""), "Idempotency-Key: k");
        assertThat(published.stream().map(ClientEvent::kind).toList(), contains("mail", "chat"));
    }

    @Test
    void keyOfARefusedRequestCanBeUsedAgain() {
        server.post(PATH, "{}", "Idempotency-Key: k").problem(400);
        notifications.closeAfter(0);
        server.post(PATH, MINIMAL, "Idempotency-Key: k").problem(503);
        notifications.reopen();
        notifications.accepted(bodyWith("kind", "\"chat\""), "Idempotency-Key: k");
        assertThat(notifications.one().kind(), is("chat"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 257})
    void keyMustHave1To256Characters(int length) {
        assertThat(
                server.post(PATH, MINIMAL, "Idempotency-Key: " + "k".repeat(length))
                        .problem(400),
                is("Idempotency-Key must be 1 to 256 characters, and had " + length));
        notifications.accepted(MINIMAL, "Idempotency-Key: " + "k".repeat(256));
        assertThat(published.size(), is(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "a\tb", "🐦"})
    void keyMustBePrintableAscii(String key) {
        TestServer.Answer answer = server.post(PATH, MINIMAL, "Idempotency-Key: " + key);
        assertThat(answer.problem(400), startsWith("Idempotency-Key must be printable ASCII, but was "));
        assertThat(answer.field(), is("Idempotency-Key"));
        assertThat(published, is(empty()));
    }

    @Test
    void simultaneousRequestsWithOneKeyArePublishedOnce() throws Exception {
        List<Callable<JsonNode>> requests = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            requests.add(() -> notifications.accepted(MINIMAL, "Idempotency-Key: k"));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<JsonNode> answer : threads.invokeAll(requests)) {
                assertThat(answer.get().path("cursor").stringValue(), is("e-1"));
            }
        }
        assertThat(notifications.one().kind(), is("mail"));
    }
}
