package notification;

import http.Problem;
import idempotency.Answer;
import idempotency.Attempt;
import java.util.ArrayList;
import java.util.List;
import push.api.ClientEvent;
import push.api.PushPublisher;

/** Publishes the events of one call, in order. For one thread, once. */
final class Publication implements Attempt {

    private final PushPublisher publisher;
    private final Submission submission;
    private final List<ClientEvent> events;
    private final List<PublishedEvent> published = new ArrayList<>();

    /** @param eventIds the ids for events without one of the caller, by item */
    Publication(PushPublisher publisher, Submission submission, List<String> eventIds) {
        this.publisher = publisher;
        this.submission = submission;
        this.events = submission.withEventIds(eventIds);
    }

    /** @throws Problem 503 when the hub is closed, or closes before all events are published */
    @Override
    public Answer run() {
        for (ClientEvent event : events) {
            published.add(publish(event));
        }
        return submission.answer().apply(published);
    }

    /** Publishes one event. Only this method interprets the log's answer. */
    private PublishedEvent publish(ClientEvent event) {
        return publisher
                .publish(event)
                .map(cursor -> new PublishedEvent(event.eventId(), cursor))
                .orElseThrow(this::stopped);
    }

    private Problem stopped() {
        return begun()
                ? Problem.stopped("push service stopped after " + published.size() + " of " + events.size()
                        + " events were published")
                : Problem.stopped();
    }

    @Override
    public boolean begun() {
        return !published.isEmpty();
    }
}
