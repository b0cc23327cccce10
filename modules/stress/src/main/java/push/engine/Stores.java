package push.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import push.api.ClientEvent;
import push.api.Event;
import push.api.Payload;
import push.api.SessionInvalidation;

/** Stores for the stress tests, and the events that the tests append. */
final class Stores {

    static final String EPOCH = "e";
    static final UUID USER = new UUID(1, 1);
    static final UUID OTHER_USER = new UUID(2, 2);

    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final int INVALIDATIONS = 16;

    static final RetentionConfig UNLIMITED = retention(Long.MAX_VALUE);

    private Stores() {}

    static Event clientEvent(UUID user) {
        return new ClientEvent(user, null, "kind", EmptyPayload.INSTANCE, "", "", "");
    }

    static Event invalidation(UUID user) {
        return new SessionInvalidation(user, null, "", "");
    }

    /** A store without limits. */
    static EventStore roomy(EngineRuntime runtime) {
        return new EventStore(EPOCH, 0, true, UNLIMITED, new NoWireFormat(), runtime);
    }

    /** A store in which each event of the same size as {@code event} evicts the previous one. */
    static EventStore forOne(Event event) {
        int size = new Entry(EPOCH, 1, Instant.EPOCH, 0, event, new NoWireFormat()).heapBytes();
        return new EventStore(EPOCH, 0, true, retention(size), new NoWireFormat(), new StillRuntime());
    }

    private static RetentionConfig retention(long maxBytes) {
        return new RetentionConfig(FOR_EVER, 2, maxBytes, FOR_EVER, INVALIDATIONS, Long.MAX_VALUE);
    }

    static void append(EventStore store, long sequence, Event event) {
        store.append(sequence, Instant.EPOCH, Duration.ZERO, event);
    }

    /** A holder, because not every test needs this and it loads a JSON mapper. */
    private static final class EmptyPayload {
        static final Payload INSTANCE = Payload.of(Map.of());
    }
}
