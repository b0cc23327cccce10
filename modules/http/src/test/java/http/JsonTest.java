package http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.helidon.http.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.TestServer;
import tools.jackson.core.JacksonException;

class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{} {}",
                "{} x",
                "{}}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":1,}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{} // why",
                "{\"a\":\"\n\"}",
                "{"
            })
    void textOtherThanOneJsonValueIsRefused(String text) {
        assertThrows(JacksonException.class, () -> Json.MAPPER.readTree(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"n\":1.10}",
                "{\"n\":123456789012345678901234567890.123456789012345678901234567890}",
                "{\"n\":9223372036854775808}",
                "{\"n\":0.1}"
            })
    void numbersKeepTheirDigits(String text) {
        assertThat(Json.MAPPER.readTree(text).toString(), is(text));
    }

    @Test
    void valueIsSentAsUtf8() {
        try (TestServer server = new TestServer(settings -> Problems.serve(
                settings,
                routing -> routing.get(
                        "/",
                        (request, response) ->
                                Json.send(request, response, Status.CREATED_201, List.of("é", "🐦")))))) {
            assertThat(server.get("/").json(201).toString(), is("[\"é\",\"🐦\"]"));
        }
    }
}
