package notification;

import http.Json;
import http.JsonBody;
import http.Problem;
import http.Quoted;
import http.Route;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import push.api.PushPublisher;

/** The HTTP calls for notifications, below {@code /api/v1}. */
public final class NotificationRoutes implements HttpService {

    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
    private static final int MAX_KEY_LENGTH = 256;
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");

    private final PushPublisher publisher;
    private final Submissions submissions;
    private final IdempotencyKeys keys;

    /** Publishes what it accepts. */
    public NotificationRoutes(PushPublisher publisher, CatalogueConfig catalogue, IdempotencyKeys keys) {
        this.publisher = publisher;
        this.submissions = new Submissions(new Catalogue(catalogue));
        this.keys = keys;
    }

    @Override
    public void routing(HttpRules rules) {
        route(rules, "/notifications", Submissions.SINGLE, submissions::single);
        route(rules, "/notifications:batch", Submissions.BATCH, submissions::batch);
        route(rules, "/notifications:broadcast", Submissions.BROADCAST, submissions::broadcast);
    }

    private void route(
            HttpRules rules, String path, Set<String> fields, BiFunction<JsonBody, Origin, Submission> reader) {
        Handler accept = (request, response) -> {
            JsonBody body = JsonBody.of(request, fields, Submissions.RAW);
            Submission submission = reader.apply(body, Origin.of(request));
            Answer answer = key(request)
                    .map(key -> publishOnce(KeyedRequest.of(path, key, body::digest), submission))
                    .orElseGet(() -> new Publication(publisher, submission, submission.newEventIds()).run());
            Json.sendText(request, response, Status.create(answer.status()), answer.json());
        };
        Route.at(path).post(accept).addTo(rules);
    }

    private static Optional<String> key(ServerRequest request) {
        List<String> keys = request.headers().all(IDEMPOTENCY_KEY, List::of);
        if (keys.size() > 1) {
            throw invalidKey("must be there once, and was there " + keys.size() + " times");
        }
        keys.forEach(NotificationRoutes::requireKey);
        return keys.stream().findFirst();
    }

    private static void requireKey(String key) {
        if (key.isBlank() || key.length() > MAX_KEY_LENGTH) {
            throw invalidKey("must be 1 to " + MAX_KEY_LENGTH + " characters, and had " + key.length());
        }
        if (!PRINTABLE.matcher(key).matches()) { // whoever reads the bytes as other characters has another key
            throw invalidKey("must be printable ASCII, and was " + Quoted.of(key));
        }
    }

    private static Problem invalidKey(String what) {
        return Problem.invalidField(IDEMPOTENCY_KEY.defaultCase(), IDEMPOTENCY_KEY.defaultCase() + " " + what);
    }

    private Answer publishOnce(KeyedRequest request, Submission submission) {
        return keys.once(
                request, submission.newEventIds(), eventIds -> new Publication(publisher, submission, eventIds));
    }
}
