package notification;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import database.Database;
import database.DatabaseConfig;
import http.Problems;
import idempotency.IdempotencyKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import push.api.ClientEvent;
import push.api.Outcome.Published;
import testing.TestServer;
import tools.jackson.databind.JsonNode;

/** A payload that makes a validator fail or run endlessly is an error of its own item only, in every call. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OddPayloadsTest {

    private static final String SINGLE = "/api/v1/notifications";
    private static final String BATCH = SINGLE + ":batch";
    private static final String BROADCAST = SINGLE + ":broadcast";
    private static final String USER = "0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c";
    private static final String DOES_NOT_FIT = "/problems/payload-does-not-fit";
    private static final String ENDLESS = "{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/n\"}}";

    private final List<ClientEvent> published = new ArrayList<>();
    private final Database database = Database.open(DatabaseConfig.of("jdbc:h2:mem:" + UUID.randomUUID()));

    private TestServer serverWith(String schema) {
        String whole = "{\"properties\":{\"n\":" + schema + "},\"$defs\":{\"n\":" + ENDLESS + "}}";
        KindRules kind = new KindRules("odd", PayloadSchema.of(whole), false, KindRules.ANY_SIZE);
        return new TestServer(settings -> Problems.serve(
                settings,
                routing -> routing.register(
                        "/api/v1",
                        new NotificationRoutes(
                                (event, onceId) -> {
                                    published.add(event);
                                    return CompletableFuture.completedFuture(new Published("e-" + published.size()));
                                },
                                new CatalogueConfig(false, List.of(kind)),
                                new IdempotencyKeys(database, Duration.ofHours(1), InstantSource.system(), true)))));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static String item(String users, String payload) {
        return "{" + users + ",\"kind\":\"odd\",\"payload\":" + payload + "}";
    }

    private static String single(String payload) {
        return item("\"user_id\":\"" + USER + "\"", payload);
    }

    private static String broadcast(String payload) {
        return item("\"user_ids\":[\"" + USER + "\"]", payload);
    }

    static List<Arguments> invalidPayloads() {
        return List.of(
                Arguments.of("{'type':'integer','maximum':10}", "1e19"),
                Arguments.of("{'type':'integer','maximum':10}", "1e400"),
                Arguments.of("{'type':'integer','maximum':10}", "1e999999999"),
                Arguments.of("{'type':'integer','maximum':10}", "1e2147483648"),
                Arguments.of("{'type':'integer','maximum':10}", "1".repeat(300_000)),
                Arguments.of("{'type':'integer','minimum':10}", "-1e19"),
                Arguments.of("{'type':'integer','minimum':10}", "-1e-999999999"),
                Arguments.of("{'type':'integer','exclusiveMaximum':10}", "123456789012345678901234567890"),
                Arguments.of("{'type':'integer'}", "1e-400"),
                Arguments.of("{'type':'integer','multipleOf':7}", "1e400"),
                Arguments.of("{'multipleOf':7}", "1e999999999"),
                Arguments.of("{'multipleOf':7}", "1e-400"),
                Arguments.of("{'multipleOf':1e400}", "1e-400"),
                Arguments.of("{'multipleOf':3e-400}", "1e400"),
                Arguments.of("{'enum':[1e400,1e-400]}", "1e399"),
                Arguments.of("{'pattern':'^(a+)+$'}", "'" + "a".repeat(5_000) + "!'"),
                Arguments.of("{'pattern':'^(x|y)*$'}", "'" + "xy".repeat(150_000) + "'"),
                Arguments.of("{'pattern':'^\\\\p{Lu}$'}", "'\u00e9'"),
                Arguments.of("{'maxLength':1}", "'\ud83d\udc26\ud83d\udc26'"),
                Arguments.of("{'propertyNames':{'pattern':'^[a-z]*$'}}", "{'\u00e9\ud83d\udc26':1}"),
                Arguments.of("{'patternProperties':{'^\u00e9':false}}", "{'\u00e9/~{0}%s\ud83d\udc26':1}"),
                Arguments.of("{'additionalProperties':false}", "{'{0,number,#} {':1,'{9}':2}"),
                Arguments.of("{'required':['{0,number,#} {']}", "{}"),
                Arguments.of("{'const':'{9} { %s'}", "'{9} {'"),
                Arguments.of("{'type':'string'}", "[".repeat(400) + "]".repeat(400)),
                Arguments.of("{'$ref':'#/$defs/n'}", "[".repeat(490) + "1" + "]".repeat(490)));
    }

    @ParameterizedTest
    @MethodSource("invalidPayloads")
    void invalidPayloadIsRefusedWithoutAServerError(String schema, String value) {
        String payload = "{\"n\":" + value.replace('\'', '"') + "}";
        try (TestServer server = serverWith(schema.replace('\'', '"'))) {
            assertThat(server.post(SINGLE, single(payload)).type(), is(DOES_NOT_FIT));
            assertThat(server.post(BROADCAST, broadcast(payload)).type(), is(DOES_NOT_FIT));
            assertThat(published, is(empty()));
            JsonNode results = server.post(
                            BATCH,
                            "{\"notifications\":[" + single("{}") + "," + single(payload) + "," + single("{}") + "]}")
                    .json(200)
                    .path("results");
            assertThat(results.path(0).path("status").intValue(), is(202));
            assertThat(results.path(1).path("status").intValue(), is(422));
            assertThat(results.path(1).path("type").stringValue(), is(DOES_NOT_FIT));
            assertThat(results.path(2).path("status").intValue(), is(202));
            assertThat(published.size(), is(2));
        }
    }

    static List<Arguments> validPayloads() {
        return List.of(
                Arguments.of("{'type':'integer','maximum':1e400}", "1e400"),
                Arguments.of("{'type':'integer','minimum':-1e400}", "-123456789012345678901234567890"),
                Arguments.of("{'type':'integer'}", "1E+19"),
                Arguments.of("{'type':'integer'}", "1.0"),
                Arguments.of("{'const':0}", "-0.0"),
                Arguments.of("{'multipleOf':0.01}", "1e398"),
                Arguments.of("{'multipleOf':1e-400}", "1e400"),
                Arguments.of("{'enum':[1e400]}", "1e400"),
                Arguments.of("{'pattern':'^\\\\p{Lu}$'}", "'\u00c9'"),
                Arguments.of("{'maxLength':1}", "'\ud83d\udc26'"),
                Arguments.of("{'$ref':'#/$defs/n'}", "[".repeat(490) + "]".repeat(490)));
    }

    @ParameterizedTest
    @MethodSource("validPayloads")
    void validPayloadIsForwardedUnchanged(String schema, String value) {
        String payload = "{ \"n\": " + value.replace('\'', '"') + " }";
        try (TestServer server = serverWith(schema.replace('\'', '"'))) {
            server.post(SINGLE, single(payload)).json(202);
            server.post(BROADCAST, broadcast(payload)).json(202);
            JsonNode results = server.post(BATCH, "{\"notifications\":[" + single(payload) + "]}")
                    .json(200)
                    .path("results");
            assertThat(results.path(0).path("status").intValue(), is(202));
            assertThat(
                    published.stream().map(event -> event.payload().toString()).toList(),
                    is(List.of(payload, payload, payload)));
        }
    }
}
