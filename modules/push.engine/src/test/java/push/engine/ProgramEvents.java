package push.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import push.api.ClientEvent;
import push.api.Event;
import push.api.Payload;
import push.api.SessionInvalidation;

/**
 * The events of a {@link HubProgram}. All of them have the same size on the heap, so that a budget in bytes is a
 * number of events.
 */
final class ProgramEvents {

    static final List<UUID> USERS = List.of(new UUID(1, 1), new UUID(2, 2), new UUID(3, 3));
    static final List<String> KINDS = List.of("a", "b");

    private static final int MAX_REASON = 300;

    /** A payload that is large enough for an invalidation with a suitable reason to have the same size. */
    private static final Payload PAYLOAD = Payload.of(Map.of("x", "x".repeat(150)));

    private ProgramEvents() {}

    /** Returns the size of each event on the heap, in bytes. */
    static int size() {
        return sizeOf(event(0, "a"));
    }

    private static int sizeOf(Event event) {
        return new Entry("e", 1, Instant.EPOCH, 0, event, new NoWireFormat()).heapBytes();
    }

    static ClientEvent event(int user, String kind) {
        return new ClientEvent(USERS.get(user), null, kind, PAYLOAD, "", "", "");
    }

    /** @param session null for all sessions of the user */
    static SessionInvalidation invalidation(int user, @Nullable UUID session) {
        int size = sizeOf(event(user, "a"));
        return Stream.iterate("", reason -> reason.length() < MAX_REASON, reason -> reason + "x")
                .map(reason -> new SessionInvalidation(USERS.get(user), session, reason, ""))
                .filter(invalidation -> sizeOf(invalidation) == size)
                .findFirst()
                .orElseThrow();
    }

    /** Returns the session with this number; null, which means all sessions, for 0. */
    static @Nullable UUID session(int number) {
        return number == 0 ? null : new UUID(9, number);
    }
}
