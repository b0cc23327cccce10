package push.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientEventTest {

    private static final UUID NIL = new UUID(0, 0);
    private static final UUID USER = UUID.randomUUID();
    private static final Payload PAYLOAD = Payload.of(Map.of());

    private static ClientEvent event(UUID user, @Nullable UUID session, String kind) {
        return new ClientEvent(user, session, kind, PAYLOAD, "", "", "");
    }

    @Test
    void nilUserIsRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> event(NIL, null, "mail"));
        assertThat(e.getMessage(), containsString("userId"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void blankKindIsRefused(String kind) {
        var e = assertThrows(IllegalArgumentException.class, () -> event(USER, null, kind));
        assertThat(e.getMessage(), containsString("kind"));
    }

    @Test
    void nilSessionMeansEverySession() {
        assertThat(event(USER, NIL, "mail").session(), is(Optional.empty()));
    }

    @Test
    void invalidationNeedsAUser() {
        var e = assertThrows(IllegalArgumentException.class, () -> new SessionInvalidation(NIL, null, "", ""));
        assertThat(e.getMessage(), containsString("userId"));
    }
}
