package auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Test
    void sessionCursorSurvivesARoundTrip() {
        SessionCursor cursor = new SessionCursor(Instant.parse("2026-01-01T10:00:00.123456Z"), UUID.randomUUID());
        assertThat(SessionCursor.parse(cursor.text()), is(Optional.of(cursor)));
    }

    @Test
    void revocationCursorSurvivesARoundTrip() {
        RevocationCursor cursor = new RevocationCursor(42, "0a1b2c-17");
        assertThat(RevocationCursor.parse(cursor.text()), is(Optional.of(cursor)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "!!!", "äöü", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void invalidTextIsRejected(String text) {
        assertThat(SessionCursor.parse(text), is(Optional.empty()));
        assertThat(RevocationCursor.parse(text), is(Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 253_370_764_800_000_000L, Long.MAX_VALUE})
    void timeOutsideTheRangeOfDatabasesIsRejected(long micros) {
        byte[] bytes = ByteBuffer.allocate(24).putLong(micros).array();
        assertThat(SessionCursor.parse(base64(bytes)), is(Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0})
    void idThatIsNotPositiveIsRejected(long id) {
        assertThat(RevocationCursor.parse(new RevocationCursor(id, "e-1").text()), is(Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nb", "ä"})
    void invalidPushCursorIsRejected(String cursor) {
        assertThat(RevocationCursor.parse(new RevocationCursor(1, cursor).text()), is(Optional.empty()));
        assertThat(RevocationCursor.parse(new RevocationCursor(1, "x".repeat(257)).text()), is(Optional.empty()));
    }
}
