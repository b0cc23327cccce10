package notification;

import http.Json;
import http.JsonBody;
import http.Route;
import idempotency.IdempotencyKeys;
import idempotency.KeyHeader;
import idempotency.KeyedRequest;
import idempotency.KeyedResponse;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.util.Set;
import java.util.function.BiFunction;
import push.api.PushPublisher;

/** The HTTP calls for notifications, below {@code /api/v1}. */
public final class NotificationRoutes implements HttpService {

    private final PushPublisher publisher;
    private final SubmissionReader reader;
    private final IdempotencyKeys keys;

    /** Publishes the notifications that it accepts. */
    public NotificationRoutes(PushPublisher publisher, CatalogueConfig catalogue, IdempotencyKeys keys) {
        this.publisher = publisher;
        this.reader = new SubmissionReader(new Catalogue(catalogue));
        this.keys = keys;
    }

    @Override
    public void routing(HttpRules rules) {
        route(rules, "/notifications", SubmissionReader.SINGLE, reader::single);
        route(rules, "/notifications:batch", SubmissionReader.BATCH, reader::batch);
        route(rules, "/notifications:broadcast", SubmissionReader.BROADCAST, reader::broadcast);
    }

    private void route(
            HttpRules rules, String path, Set<String> fields, BiFunction<JsonBody, RequestContext, Submission> read) {
        Handler accept = (request, response) -> {
            JsonBody body = JsonBody.of(request, fields, SubmissionReader.RAW);
            Submission submission = read.apply(body, RequestContext.of(request));
            KeyedResponse answer = KeyHeader.of(request)
                    .map(key -> publishOnce(KeyedRequest.of(path, key, body::digest), submission))
                    .orElseGet(() -> Publication.once(publisher, submission).run());
            Json.sendText(request, response, Status.create(answer.status()), answer.json());
        };
        Route.at(path).post(accept).addTo(rules);
    }

    private KeyedResponse publishOnce(KeyedRequest request, Submission submission) {
        return keys.once(
                request, submission.newEventIds(), eventIds -> Publication.repeatable(publisher, submission, eventIds));
    }
}
