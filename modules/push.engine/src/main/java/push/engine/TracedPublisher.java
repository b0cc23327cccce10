package push.engine;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import push.api.ClientEvent;
import push.api.Outcome;
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
    public CompletionStage<Outcome> publish(ClientEvent event, @Nullable UUID onceId) {
        Step step = tracer.publishing(Kind.CLIENT_EVENT, event.eventId(), event.traceparent());
        return traced(step, () -> next.publish(event.withTraceparent(step.traceparent()), onceId));
    }

    @Override
    public CompletionStage<Outcome> invalidate(
            @Nullable UUID userId,
            @Nullable UUID deviceSessionId,
            String reason,
            @Nullable Instant revokedAt,
            String eventId,
            String traceparent,
            @Nullable UUID onceId) {
        Step step = tracer.publishing(Kind.SESSION_INVALIDATION, eventId, traceparent);
        return traced(
                step,
                () -> next.invalidate(userId, deviceSessionId, reason, revokedAt, eventId, step.traceparent(), onceId));
    }

    private static CompletionStage<Outcome> traced(Step step, Supplier<CompletionStage<Outcome>> publish) {
        try {
            return publish.get().whenComplete((outcome, failure) -> {
                if (outcome instanceof Outcome.Published published) {
                    step.taken(published.cursor());
                }
                step.close();
            });
        } catch (RuntimeException | Error e) {
            step.close();
            throw e;
        }
    }
}
