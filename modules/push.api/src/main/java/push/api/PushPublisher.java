package push.api;

import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Publishes client events. Safe for any number of threads; never waits for a subscriber. */
@FunctionalInterface
public interface PushPublisher {

    /**
     * Publishes an event to every gateway, without waiting for the log. Events of one user are stored in the order of
     * the calls.
     *
     * @param onceId an id that the publisher has generated for this event, to publish it again if the outcome is
     *     unknown: the log stores at most one event for it. Never a text of the caller's. Null for an event that is
     *     never published again
     * @return a stage that ends with the outcome, within seconds, and never with an exception
     */
    CompletionStage<Outcome> publish(ClientEvent event, @Nullable UUID onceId);

    /** Publishes an event that is never published again, and waits for the outcome. */
    default Outcome publish(ClientEvent event) {
        return publish(event, null).toCompletableFuture().join();
    }
}
