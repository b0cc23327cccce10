package push.api;

import java.util.Optional;

/** Publishes client events. Safe for any number of threads; never waits for a subscriber. */
@FunctionalInterface
public interface PushPublisher {

    /**
     * Publishes an event to every gateway.
     *
     * @return the event's cursor, once the log has stored the event; empty if the hub is closed and the event was not
     *     published
     */
    Optional<String> publish(ClientEvent event);
}
