package notification;

import idempotency.KeyedResponse;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Stream;
import push.api.ClientEvent;
import push.api.EventIds;

/**
 * The events that one call asks to publish.
 *
 * @param size the number of items of the call, including those that cannot be published
 * @param events the events to publish, by the index of their item; without an event id if the caller gave none
 * @param answer makes the response from the results of the events, in their order
 */
record Submission(
        int size, SortedMap<Integer, ClientEvent> events, Function<List<PublishedEvent>, KeyedResponse> answer) {

    /**
     * Returns new ids, one for each item. Items that need none also get one, because a repeated request may need other
     * ids.
     */
    List<String> newEventIds() {
        return Stream.generate(EventIds::next).limit(size).toList();
    }

    /** The events in order, each with the caller's id or otherwise the id for its item. */
    List<ClientEvent> withEventIds(List<String> eventIds) {
        return events.entrySet().stream()
                .map(item -> item.getValue().eventId().isEmpty()
                        ? withEventId(item.getValue(), eventIds.get(item.getKey()))
                        : item.getValue())
                .toList();
    }

    private static ClientEvent withEventId(ClientEvent event, String eventId) {
        return new ClientEvent(
                event.userId(),
                event.deviceSessionId(),
                event.kind(),
                event.payload(),
                eventId,
                event.requestId(),
                event.traceId(),
                event.traceparent());
    }
}
