package push.transport.gate;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateResponseTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    private static GateResponse response(int status, String detail, String requestId) {
        return GateResponse.of(new Problem(status, detail, requestId), NOW);
    }

    @Test
    void isAProblem() {
        GateResponse response = response(400, "a \"b\" \\ \n", "id-1");
        assertAll(
                () -> assertEquals(400, response.status()),
                () -> assertEquals("Bad Request", response.reason()),
                () -> assertEquals(
                        List.of(
                                new HeaderField("content-type", "application/problem+json"),
                                new HeaderField("x-request-id", "id-1")),
                        response.fields()),
                () -> assertEquals(
                        "{\"type\":\"/problems/bad-request\",\"title\":\"The request is malformed\",\"status\":400,"
                                + "\"detail\":\"a \\\"b\\\" \\\\ \\u000a\",\"request_id\":\"id-1\"}",
                        new String(response.body(), StandardCharsets.UTF_8)));
    }

    @Test
    void hasNoTypeIfTheStatusIsSufficient() {
        String body = new String(response(431, "too much", "").body(), StandardCharsets.UTF_8);
        assertTrue(
                body.startsWith(
                        "{\"type\":\"about:blank\",\"title\":\"Request Header Fields Too Large\",\"status\":431,"),
                body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " a", "a ", "a\r\nb", "\u00e9"})
    void replacesAnInvalidRequestId(String requestId) {
        GateResponse response = response(400, "detail", requestId);
        String id = response.fields().get(1).value();
        assertAll(
                () -> assertTrue(id.matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"), id),
                () -> assertEquals(NOW.toEpochMilli(), UUID.fromString(id).getMostSignificantBits() >>> 16),
                () -> assertTrue(new String(response.body(), StandardCharsets.UTF_8).contains(id)));
    }

    @Test
    void hasNoOtherStatus() {
        assertThrows(IllegalArgumentException.class, () -> new Problem(200, "fine"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "Get", "TRACE", "CONNECT", "PRI", "", "G\u0000ET", "BREW"})
    void otherMethodsAreNotKnown(String name) {
        assertFalse(RequestMethod.of(name).isPresent());
    }

    @Test
    void methodsAreKnownInUpperCase() {
        for (RequestMethod method : RequestMethod.values()) {
            assertEquals(method, RequestMethod.of(method.name()).orElseThrow());
        }
        assertTrue(RequestMethod.fault("get").endsWith("in upper case"));
        assertFalse(RequestMethod.fault("BREW").endsWith("in upper case"));
    }
}
