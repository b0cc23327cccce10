package notification;

import http.Problem;
import idempotency.Attempt;
import idempotency.KeyedResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import push.api.ClientEvent;
import push.api.Outcome;
import push.api.Outcome.NotPublished;
import push.api.PushPublisher;

/**
 * Publishes the events of one call, in order, without waiting for each before the next. For one thread, once.
 */
final class Publication implements Attempt {

    private final PushPublisher publisher;
    private final Submission submission;
    private final List<ClientEvent> events;
    private final List<@Nullable UUID> onceIds;
    private final List<PublishedEvent> published = new ArrayList<>();
    private final EnumSet<NotPublished.Reason> reasons = EnumSet.noneOf(NotPublished.Reason.class);
    private int unknown;

    /** How many events may be published, as far as is known. */
    private int maybePublished;

    private Publication(
            PushPublisher publisher, Submission submission, List<String> eventIds, List<@Nullable UUID> onceIds) {
        this.publisher = publisher;
        this.submission = submission;
        this.events = submission.withEventIds(eventIds);
        this.onceIds = onceIds;
    }

    /** A publication that is never repeated. */
    static Publication once(PushPublisher publisher, Submission submission) {
        List<@Nullable UUID> none = Collections.nCopies(submission.events().size(), null);
        return new Publication(publisher, submission, submission.newEventIds(), none);
    }

    /**
     * A publication that can be repeated with the same ids, and then stores no event twice.
     *
     * @param eventIds the ids by item. They also are the ids of the events without one of the caller
     */
    static Publication repeatable(PushPublisher publisher, Submission submission, List<String> eventIds) {
        List<@Nullable UUID> onceIds = new ArrayList<>();
        submission.events().keySet().forEach(item -> onceIds.add(UUID.fromString(eventIds.get(item))));
        return new Publication(publisher, submission, eventIds, onceIds);
    }

    /** @throws Problem 503 when not all events are published, or the log has not answered for one of them */
    @Override
    public KeyedResponse run() {
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            maybePublished++; // first: the call may fail after the log has stored the event
            outcomes.add(publisher.publish(events.get(i), onceIds.get(i)).toCompletableFuture());
        }
        for (int i = 0; i < events.size(); i++) {
            count(events.get(i), outcomes.get(i).join());
        }
        if (published.size() < events.size()) {
            throw problem();
        }
        return submission.answer().apply(published);
    }

    /** Only this method interprets the log's answer. */
    private void count(ClientEvent event, Outcome outcome) {
        switch (outcome) {
            case Outcome.Published at -> published.add(new PublishedEvent(event.eventId(), at.cursor()));
            case NotPublished not -> {
                reasons.add(not.reason());
                maybePublished--;
            }
            case Outcome.Unknown _ -> unknown++;
        }
    }

    private Problem problem() {
        String counts = published.isEmpty()
                ? ""
                : " after " + published.size() + " of " + events.size() + " events were published";
        if (unknown > 0) {
            return Problem.outcomeUnknown("the event log did not answer" + counts
                    + (isRepeatable()
                            ? "; repeat the request with the same Idempotency-Key: no event is published twice"
                            : "; without an Idempotency-Key, a repeated request may publish an event twice"));
        }
        return reasons.contains(NotPublished.Reason.LOG_UNAVAILABLE)
                ? Problem.logUnavailable("the event log is unavailable" + counts + "; try again later")
                : Problem.stopped("push service stopped" + counts);
    }

    private boolean isRepeatable() {
        return onceIds.getFirst() != null;
    }

    @Override
    public boolean mayHaveEffects() {
        return maybePublished > 0;
    }
}
