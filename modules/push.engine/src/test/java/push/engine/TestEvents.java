package push.engine;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import push.api.ClientEvent;
import push.api.Outcome;
import push.api.Payload;
import push.api.SessionInvalidation;

/** Events for tests. */
final class TestEvents {

    static final UUID USER = UUID.fromString("3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11");

    private TestEvents() {}

    /** The cursor of an event that must have been published. */
    static String cursorOf(Outcome outcome) {
        return ((Outcome.Published) outcome).cursor();
    }

    static ClientEvent event(String eventId) {
        return new ClientEvent(USER, null, "test", Payload.of(Map.of()), eventId, "", "");
    }

    static ClientEvent event(UUID user, String kind) {
        return new ClientEvent(user, null, kind, Payload.of(Map.of()), "", "", "");
    }

    static ClientEvent eventOf(int payloadBytes) {
        String filler = "x".repeat(payloadBytes - "{\"x\":\"\"}".length());
        return new ClientEvent(USER, null, "test", Payload.of(Map.of("x", filler)), "", "", "");
    }

    static SessionInvalidation invalidation(UUID user, @Nullable UUID session) {
        return new SessionInvalidation(user, session, "", "");
    }
}
