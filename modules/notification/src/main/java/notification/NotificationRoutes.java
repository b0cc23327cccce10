package notification;

import http.Json;
import http.JsonBody;
import http.Problem;
import http.Problems;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import push.api.ClientEvent;
import push.api.EventIds;
import push.api.Payload;
import push.api.PushPublisher;

/** The HTTP call for notifications, below {@code /api/v1}. */
public final class NotificationRoutes implements HttpService {

    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
    private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");
    private static final Set<String> FIELDS =
            Set.of("user_id", "device_session_id", "kind", "payload", "event_id", "request_id");
    private static final Status UNPROCESSABLE_CONTENT_422 = Status.create(422, "Unprocessable Content");
    private static final int MAX_KIND_LENGTH = 256;
    private static final int MAX_ID_LENGTH = 256;

    private final PushPublisher publisher;
    private final IdempotencyKeys keys;

    /** Publishes what it accepts. */
    public NotificationRoutes(PushPublisher publisher, IdempotencyKeys keys) {
        this.publisher = publisher;
        this.keys = keys;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/notifications", this::accept).any("/notifications", Problems.methodNotAllowed("POST"));
    }

    private void accept(ServerRequest request, ServerResponse response) {
        JsonBody body = JsonBody.of(request, FIELDS);
        ClientEvent event = event(
                body, header(request, TRACEPARENT).map(TraceParent::traceId).orElse(""));
        Accepted accepted = header(request, IDEMPOTENCY_KEY)
                .map(key -> publishOnce(key, body, event))
                .orElseGet(() -> publish(event));
        Json.send(response, Status.ACCEPTED_202, Map.of("event_id", accepted.eventId(), "cursor", accepted.cursor()));
    }

    private static ClientEvent event(JsonBody body, String traceId) {
        String eventId = body.optionalText("event_id", MAX_ID_LENGTH).orElse("");
        return new ClientEvent(
                body.uuid("user_id"),
                body.optionalUuid("device_session_id").orElse(null),
                body.text("kind", MAX_KIND_LENGTH),
                Payload.ofJson(body.objectText("payload")),
                eventId.isEmpty() ? EventIds.next() : eventId,
                body.optionalText("request_id", MAX_ID_LENGTH).orElse(""),
                traceId);
    }

    private Accepted publishOnce(String key, JsonBody body, ClientEvent event) {
        if (key.isBlank() || key.length() > MAX_ID_LENGTH) {
            throw Problem.badRequest(
                    "Idempotency-Key must be 1 to " + MAX_ID_LENGTH + " characters, and had " + key.length());
        }
        return keys.once(key, body.bytes(), () -> publish(event))
                .orElseThrow(() ->
                        new Problem(UNPROCESSABLE_CONTENT_422, "this Idempotency-Key was used with another body"));
    }

    private Accepted publish(ClientEvent event) {
        String cursor = publisher.publish(event).orElseThrow(Problem::stopped);
        return new Accepted(event.eventId(), cursor);
    }

    private static Optional<String> header(ServerRequest request, HeaderName name) {
        return request.headers().first(name);
    }
}
