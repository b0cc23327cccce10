package auth;

import http.Json;
import http.Problem;
import http.ProblemType;
import idempotency.Attempt;
import idempotency.KeyedResponse;
import io.helidon.http.Status;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens a session under an id that was chosen earlier, so that a repeated attempt finds the session. For one thread,
 * once.
 */
final class NewSession implements Attempt {

    private final Sessions sessions;
    private final UUID id;
    private final UUID userId;
    private final @Nullable String device;
    private final Function<Session, Object> json;
    private boolean begun;

    /** @param json makes the JSON form of the session for the caller */
    NewSession(Sessions sessions, UUID id, UUID userId, @Nullable String device, Function<Session, Object> json) {
        this.sessions = sessions;
        this.id = id;
        this.userId = userId;
        this.device = device;
        this.json = json;
    }

    /** @throws Problem 409 when the user has too many open sessions */
    @Override
    public KeyedResponse run() {
        begun = true; // when the database fails, it may still have the session
        try {
            Session session = sessions.open(id, userId, device);
            return new KeyedResponse(Status.CREATED_201.code(), Json.MAPPER.writeValueAsString(json.apply(session)));
        } catch (TooManySessions e) {
            begun = false;
            throw new Problem(ProblemType.TOO_MANY_SESSIONS, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public boolean mayHaveEffects() {
        return begun;
    }
}
