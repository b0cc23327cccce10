package notification;

import idempotency.Answer;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Stream;
import push.api.ClientEvent;
import push.api.EventIds;

/**
 * What one call asks to be published.
 *
 * @param size how many items the call has, with those that can't be published
 * @param events what is to be published, by the index of its item; without an event id where the caller gave none
 * @param answer makes the answer of what became of them, in their order
 */
record Submission(int size, SortedMap<Integer, ClientEvent> events, Function<List<Accepted>, Answer> answer) {

    /** An id for each item, also for those that need none: which they are may be seen otherwise later. */
    List<String> newEventIds() {
        return Stream.generate(EventIds::next).limit(size).toList();
    }

    /** The events in their order, each with its caller's id or else the one that was made for its item. */
    List<ClientEvent> named(List<String> eventIds) {
        return events.entrySet().stream()
                .map(item -> item.getValue().eventId().isEmpty()
                        ? named(item.getValue(), eventIds.get(item.getKey()))
                        : item.getValue())
                .toList();
    }

    private static ClientEvent named(ClientEvent event, String eventId) {
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
