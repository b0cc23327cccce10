package http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import testing.TestServer;

class ParametersTest {

    private static final UUID ID = UUID.fromString("0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c");

    private final TestServer server = new TestServer(
            settings -> Problems.serve(settings, routing -> routing.get("/things/{thing_id}", ParametersTest::echo)));

    private static void echo(ServerRequest request, ServerResponse response) {
        Json.send(
                response,
                Status.OK_200,
                Map.of(
                        "id", Parameters.pathUuid(request, "thing_id"),
                        "why", Parameters.queryText(request, "why", 5)));
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
    void anythingElseInThePathIsRefusedByItsName() {
        assertThat(server.get("/things/17").problem(400), is("thing_id must be a UUID other than nil, and was \"17\""));
        assertThat(
                server.get("/things/00000000-0000-0000-0000-000000000000").problem(400),
                is("thing_id must be a UUID other than nil, and was \"00000000-0000-0000-0000-000000000000\""));
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
    void longerTextThanAllowedIsRefusedByItsName() {
        assertThat(why("?why=12345"), is("12345"));
        assertThat(
                server.get("/things/" + ID + "?why=123456").problem(400),
                is("why must have at most 5 characters, and had 6"));
    }
}
