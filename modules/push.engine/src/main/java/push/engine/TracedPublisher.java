package push.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import push.api.ClientEvent;
import push.api.Publisher;
import push.engine.EventTracer.Step;
import push.engine.HubObserver.Kind;

/** Traces every event, and passes it on with the tracer's trace context. */
final class TracedPublisher implements Publisher {

    private final Publisher next;
    private final EventTracer tracer;

    TracedPublisher(Publisher next, EventTracer tracer) {
        this.next = next;
        this.tracer = tracer;
    }

    @Override
    public Optional<String> publish(ClientEvent event) {
        try (Step step = tracer.publishing(Kind.CLIENT_EVENT, event.eventId(), event.traceparent())) {
            Optional<String> cursor = next.publish(event.withTraceparent(step.traceparent()));
            cursor.ifPresent(step::taken);
            return cursor;
        }
    }

    @Override
    public Optional<String> invalidate(
            @Nullable UUID userId,
            @Nullable UUID deviceSessionId,
            String reason,
            @Nullable Instant revokedAt,
            String eventId,
            String traceparent) {
        try (Step step = tracer.publishing(Kind.SESSION_INVALIDATION, eventId, traceparent)) {
            Optional<String> cursor =
                    next.invalidate(userId, deviceSessionId, reason, revokedAt, eventId, step.traceparent());
            cursor.ifPresent(step::taken);
            return cursor;
        }
    }
}
