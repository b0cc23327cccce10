package http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import testing.TestServer;

class ParametersTest {

    private static final UUID ID = UUID.fromString("0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c");

    private final TestServer server = new TestServer(settings -> Problems.serve(
            settings,
            routing -> routing.get("/things/{thing_id}", ParametersTest::echo).get("/pages", ParametersTest::page)));

    private static void echo(ServerRequest request, ServerResponse response) {
        Json.send(
                request,
                response,
                Status.OK_200,
                Map.of(
                        "id", Parameters.pathUuid(request, "thing_id"),
                        "why", Parameters.queryText(request, "why", 5)));
    }

    private static void page(ServerRequest request, ServerResponse response) {
        Json.send(
                request,
                response,
                Status.OK_200,
                Map.of(
                        "limit", Parameters.queryInteger(request, "limit", 5, 1, 9),
                        "since",
                                Parameters.queryTime(request, "since")
                                        .map(Instant::toString)
                                        .orElse("ever"),
                        "color", Parameters.queryChoice(request, "color", Map.of("red", 1, "green", 2), "green"),
                        "cursor",
                                Parameters.queryCursor(
                                                request,
                                                text -> text.equals("c") ? Optional.of("seen") : Optional.empty())
                                        .orElse("start")));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String why(String query) {
        return server.get("/things/" + ID + query).json(200).path("why").stringValue();
    }

    @Test
    void uuidInThePathIsRead() {
        assertThat(server.get("/things/" + ID).json(200).path("id").stringValue(), is(ID.toString()));
    }

    @Test
    void invalidUuidInThePathIsRefusedWithItsName() {
        assertThat(server.get("/things/17").problem(400), is("thing_id must be a UUID other than nil, but was \"17\""));
        assertThat(
                server.get("/things/00000000-0000-0000-0000-000000000000").problem(400),
                is("thing_id must be a UUID other than nil, but was \"00000000-0000-0000-0000-000000000000\""));
    }

    @Test
    void textInTheQueryIsDecoded() {
        assertThat(why("?why=a%20%C3%A9"), is("a é"));
        assertThat(why("?why=%E2%82%AC%26x&y=1"), is("€&x"));
    }

    @Test
    void plusInTheQueryIsASpace() {
        assertThat(why("?why=a+b"), is("a b"));
    }

    @Test
    void absentTextIsEmpty() {
        assertThat(why(""), is(""));
        assertThat(why("?y=1"), is(""));
        assertThat(why("?why="), is(""));
        assertThat(why("?why"), is(""));
    }

    @Test
    void tooLongTextIsRefusedWithItsName() {
        assertThat(why("?why=12345"), is("12345"));
        assertThat(why("?why=" + "%F0%9F%90%A6".repeat(5)), is("🐦".repeat(5)));
        TestServer.Answer answer = server.get("/things/" + ID + "?why=123456");
        assertThat(answer.problem(400), is("why must have at most 5 characters, and had 6"));
        assertThat(answer.field(), is("why"));
    }

    @Test
    void absentParametersHaveDefaults() {
        assertThat(
                server.get("/pages").json(200).properties().stream()
                        .map(field -> field.getKey() + "=" + field.getValue().asString())
                        .sorted()
                        .toList(),
                is(List.of("color=2", "cursor=start", "limit=5", "since=ever")));
    }

    @ParameterizedTest
    @CsvSource({
        "limit=1,limit,1",
        "limit=9,limit,9",
        "since=2026-01-31T12:00:00Z,since,2026-01-31T12:00:00Z",
        "since=2026-01-31T12:00:00.5%2B01:00,since,2026-01-31T11:00:00.500Z",
        "since=1970-01-01T00:00:00Z,since,1970-01-01T00:00:00Z",
        "color=red,color,1",
        "cursor=c,cursor,seen"
    })
    void validParameterIsRead(String query, String name, String value) {
        assertThat(server.get("/pages?" + query).json(200).path(name).asString(), is(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0|limit must be a whole number from 1 to 9, but was \"0\"",
                "limit=10|limit must be a whole number from 1 to 9, but was \"10\"",
                "limit=1.5|limit must be a whole number from 1 to 9, but was \"1.5\"",
                "since=now|since must be a time such as 2026-01-31T12:00:00Z, from 1970 to 9998, but was \"now\"",
                "since=9999-01-01T00:00:00Z|since must be a time such as 2026-01-31T12:00:00Z, from 1970 to 9998, but was \"9999-01-01T00:00:00Z\"",
                "color=blue|color must be one of green, red, but was \"blue\"",
                "color=|color must be one of green, red, but was \"\"",
                "cursor=x|cursor must be the next_cursor of an earlier response, but was \"x\""
            })
    void invalidParameterIsRefusedWithItsName(String query, String detail) {
        assertThat(server.get("/pages?" + query).problem(400), is(detail));
    }
}
