package notification;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import database.Database;
import database.DatabaseConfig;
import http.Problems;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import push.api.ClientEvent;
import testing.TestServer;

class NotificationOddInputTest {

    private static final String PATH = "/api/v1/notifications";
    private static final String BODY =
            "{\"user_id\":\"0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\",\"kind\":\"mail\",\"payload\":%s,\"event_id\":\"%s\"}";

    private final List<ClientEvent> published = new ArrayList<>();
    private final Database database = Database.open(DatabaseConfig.of("jdbc:h2:mem:" + UUID.randomUUID()));
    private final TestServer server = new TestServer(settings -> Problems.serve(
            settings,
            routing -> routing.register(
                    "/api/v1",
                    new NotificationRoutes(
                            event -> {
                                published.add(event);
                                return Optional.of("e-" + published.size());
                            },
                            CatalogueConfig.everything(),
                            new IdempotencyKeys(database, Duration.ofHours(1), InstantSource.system())))));

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999999", "1e2147483648", "1e-2147483648"})
    void numberThatCannotBeHeldIsTheCallersFault(String number) {
        server.post(PATH, BODY.formatted("{\"n\":" + number + "}", "x")).problem(400);
    }

    @Test
    void halfACharacterInThePayloadIsRefused() {
        String detail =
                server.post(PATH, BODY.formatted("{\"a\":\"\\ud83d\"}", "x")).problem(400);
        assertThat(detail, containsString("payload"));
        assertThat(published, empty());
    }

    @Test
    void eventIdThatUtf8CannotCarryIsRefused() { // on the wire it becomes "?", in the answer it stays as it was
        server.post(PATH, BODY.formatted("{}", "\\ud83d")).problem(400);
    }

    @Test
    void answerToHeadHasNoBody() {
        assertThat(server.raw("HEAD " + PATH + " HTTP/1.1\r\nHost: t\r\n\r\n").body(), is(""));
    }
}
