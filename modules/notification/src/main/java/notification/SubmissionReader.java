package notification;

import http.FieldError;
import http.Json;
import http.JsonBody;
import http.JsonFields;
import http.Problem;
import http.ProblemType;
import http.RawJson;
import idempotency.KeyedResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import limits.Lease;
import org.jspecify.annotations.Nullable;
import push.api.ClientEvent;
import push.api.Payload;
import tools.jackson.databind.JsonNode;

/**
 * Reads the bodies of callers, item by item. An item that cannot be published is reported as a {@link Problem} before
 * anything is published.
 */
final class SubmissionReader {

    static final Set<String> SINGLE =
            Set.of("user_id", "device_session_id", "kind", "payload", "event_id", "request_id");
    static final Set<String> BATCH = Set.of("notifications");
    /** The fields that are forwarded verbatim. */
    static final Set<String> RAW = Set.of("payload");

    static final Set<String> BROADCAST = Set.of("user_ids", "kind", "payload", "request_id");

    private static final int MAX_ID_LENGTH = 256;
    private static final int MAX_BATCH = 1_000;
    private static final int MAX_BROADCAST = 10_000;

    /** How many bytes a broadcast may add to the log. Without the limit, a request of one MiB could add 10 GiB. */
    private static final long MAX_LOGGED_BYTES = 16 << 20;

    /** About how much heap an event that waits to be published takes without its payload, in bytes. */
    private static final long EVENT_BYTES = 256;

    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final Catalogue catalogue;

    SubmissionReader(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Reads one notification. */
    Submission single(JsonBody body, RequestContext context) {
        SortedMap<Integer, ClientEvent> events = new TreeMap<>(Map.of(0, event(body, context)));
        return new Submission(1, events, published -> answer(ACCEPTED, members(published.getFirst())));
    }

    /** Reads many independent notifications: an error in one of them does not stop the others. */
    Submission batch(JsonBody body, RequestContext context) {
        List<JsonNode> items = body.elements("notifications", 1, MAX_BATCH);
        SortedMap<Integer, ClientEvent> events = new TreeMap<>();
        Map<Integer, Problem> problems = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            try {
                events.put(i, event(body.nested(items.get(i), SINGLE), context));
            } catch (Problem problem) {
                problems.put(i, problem);
            }
        }
        return new Submission(items.size(), events, published -> {
            Iterator<PublishedEvent> next = published.iterator();
            List<Map<String, Object>> results = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                Problem problem = problems.get(i);
                results.add(problem == null ? publishedItem(next.next()) : problem.members());
            }
            return answer(OK, Map.of("results", results));
        });
    }

    private static Map<String, Object> publishedItem(PublishedEvent event) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("status", ACCEPTED);
        item.putAll(members(event));
        return item;
    }

    /** Reads one notification for many users. */
    Submission broadcast(JsonBody body, RequestContext context) {
        List<UUID> users = body.uniqueUuids("user_ids", 1, MAX_BROADCAST);
        String kind = kind(body);
        RawJson raw = body.rawObject("payload");
        String requestId = requestId(body, context);
        requireRoomInTheLog(users.size(), raw.size());
        Lease _ = body.memory().addWork(users.size() * EVENT_BYTES); // until the request is answered
        Payload payload = payload(raw);
        SortedMap<Integer, ClientEvent> events = new TreeMap<>();
        for (UUID user : users) {
            ClientEvent event =
                    new ClientEvent(user, null, kind, payload, "", requestId, context.traceId(), context.traceparent());
            if (events.isEmpty()) {
                catalogue.check(event, raw::withTree); // the other events differ only in their user
            }
            events.put(events.size(), event);
        }
        return new Submission(users.size(), events, published -> {
            List<Map<String, Object>> results = IntStream.range(0, users.size())
                    .mapToObj(i -> userItem(users.get(i), published.get(i)))
                    .toList();
            return answer(ACCEPTED, Map.of("results", results));
        });
    }

    private static Map<String, Object> userItem(UUID user, PublishedEvent event) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("user_id", user);
        item.putAll(members(event));
        return item;
    }

    private ClientEvent event(JsonFields fields, RequestContext context) {
        UUID user = fields.uuid("user_id");
        @Nullable UUID session = fields.optionalUuid("device_session_id").orElse(null);
        String kind = kind(fields);
        RawJson raw = fields.rawObject("payload");
        ClientEvent event = new ClientEvent(
                user,
                session,
                kind,
                payload(raw),
                fields.optionalText("event_id", MAX_ID_LENGTH).orElse(""),
                requestId(fields, context),
                context.traceId(),
                context.traceparent());
        catalogue.check(event, raw::withTree);
        return event;
    }

    private static String kind(JsonFields fields) {
        return fields.text("kind", KindRules.MAX_NAME_LENGTH);
    }

    private static Payload payload(RawJson raw) {
        return Payload.ofUtf8(raw.bytes());
    }

    private static void requireRoomInTheLog(int users, int payloadBytes) {
        long bytes = (long) users * payloadBytes;
        if (bytes > MAX_LOGGED_BYTES) {
            String detail = "users × bytes of the payload must be at most " + MAX_LOGGED_BYTES + ", but was " + users
                    + " × " + payloadBytes + " = " + bytes + "; send it to fewer users at a time";
            throw new Problem(ProblemType.BROADCAST_TOO_LARGE, detail, new FieldError("/user_ids", detail));
        }
    }

    private static String requestId(JsonFields fields, RequestContext context) {
        return fields.optionalText("request_id", MAX_ID_LENGTH).orElse(context.requestId());
    }

    private static Map<String, Object> members(PublishedEvent event) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("event_id", event.eventId());
        members.put("cursor", event.cursor());
        return members;
    }

    private static KeyedResponse answer(int status, Object value) {
        return new KeyedResponse(status, Json.MAPPER.writeValueAsString(value));
    }
}
