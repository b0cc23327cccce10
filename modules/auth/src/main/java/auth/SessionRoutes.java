package auth;

import http.Json;
import http.JsonBody;
import http.Parameters;
import http.Problem;
import http.ResponseMemory;
import http.Route;
import http.TraceContext;
import idempotency.Attempt;
import idempotency.IdempotencyKeys;
import idempotency.KeyHeader;
import idempotency.KeyedRequest;
import idempotency.KeyedResponse;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The HTTP calls for sessions, below {@code /api/v1}. */
public final class SessionRoutes implements HttpService {

    private static final int MAX_DEVICE_LENGTH = 256;
    static final int MAX_REASON_LENGTH = 1024;
    private static final int DEFAULT_PAGE = 50;
    private static final int MAX_PAGE = 200;

    private final Sessions sessions;
    private final IdempotencyKeys keys;

    /** Serves the given sessions. */
    public SessionRoutes(Sessions sessions, IdempotencyKeys keys) {
        this.sessions = sessions;
        this.keys = keys;
    }

    @Override
    public void routing(HttpRules rules) {
        Route.at("/sessions").post(this::open).addTo(rules);
        Route.at("/sessions/{device_session_id}")
                .get(this::find)
                .delete(this::revoke)
                .addTo(rules);
        Route.at("/sessions/{device_session_id}/touch").post(this::touch).addTo(rules);
        Route.at("/users/{user_id}/sessions")
                .get(this::list)
                .delete(this::revokeAll)
                .addTo(rules);
    }

    private void open(ServerRequest request, ServerResponse response) {
        JsonBody body = JsonBody.of(request, Set.of("user_id", "device"));
        UUID userId = body.uuid("user_id");
        @Nullable
        String device = body.optionalText("device", MAX_DEVICE_LENGTH)
                .map(text -> storable("/device", text))
                .orElse(null);
        Function<UUID, Attempt> attempt = id -> new NewSession(sessions, id, userId, device, this::json);
        UUID id = UUID.randomUUID();
        KeyedResponse answer = KeyHeader.of(request)
                .map(key -> keys.once(
                        KeyedRequest.of("/sessions", key, body::digest),
                        List.of(id.toString()),
                        ids -> attempt.apply(UUID.fromString(ids.getFirst()))))
                .orElseGet(() -> attempt.apply(id).run());
        Json.sendText(request, response, Status.create(answer.status()), answer.json());
    }

    private void find(ServerRequest request, ServerResponse response) {
        UUID id = Parameters.pathUuid(request, "device_session_id");
        Json.send(request, response, Status.OK_200, json(sessions.find(id).orElseThrow(() -> unknown(id))));
    }

    private void touch(ServerRequest request, ServerResponse response) {
        UUID id = Parameters.pathUuid(request, "device_session_id");
        Session session = sessions.touch(id).orElseThrow(() -> unknown(id));
        Session.State state = sessions.state(session);
        if (state != Session.State.OPEN) {
            throw new Problem(Status.CONFLICT_409, "session " + id + " is " + text(state));
        }
        Json.send(request, response, Status.OK_200, json(session));
    }

    private void list(ServerRequest request, ServerResponse response) {
        UUID userId = Parameters.pathUuid(request, "user_id");
        Parameters.requireQuery(request, Set.of("state", "limit", "cursor"));
        Sessions.Filter filter = Parameters.queryChoice(
                request, "state", Map.of("open", Sessions.Filter.OPEN, "all", Sessions.Filter.ALL), "open");
        int limit = Parameters.queryInteger(request, "limit", DEFAULT_PAGE, 1, MAX_PAGE);
        SessionCursor after =
                Parameters.queryCursor(request, SessionCursor::parse).orElse(SessionCursor.START);
        ResponseMemory.reserve(request, Page.bytes(limit, MAX_DEVICE_LENGTH + MAX_REASON_LENGTH));
        Page<Session> page = sessions.list(userId, filter, after, limit);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sessions", page.items().stream().map(this::json).toList());
        page.next().ifPresent(cursor -> json.put("next_cursor", cursor));
        Json.send(request, response, Status.OK_200, json);
    }

    private void revoke(ServerRequest request, ServerResponse response) {
        UUID id = Parameters.pathUuid(request, "device_session_id");
        if (!sessions.revoke(id, context(request))) {
            throw unknown(id);
        }
        response.status(Status.NO_CONTENT_204).send();
    }

    private void revokeAll(ServerRequest request, ServerResponse response) {
        int revoked = sessions.revokeAll(Parameters.pathUuid(request, "user_id"), context(request));
        Json.send(request, response, Status.OK_200, Map.of("revoked", revoked));
    }

    private static RevocationContext context(ServerRequest request) {
        Parameters.requireQuery(request, Set.of("reason"));
        String reason = storable("reason", Parameters.queryText(request, "reason", MAX_REASON_LENGTH));
        return new RevocationContext(reason, TraceContext.of(request).traceparent());
    }

    /** Refuses the character U+0000, which PostgreSQL cannot store in a text. */
    private static String storable(String place, String text) {
        if (text.indexOf('\0') >= 0) {
            throw Problem.invalidField(place, place.replace("/", "") + " must not contain the character U+0000");
        }
        return text;
    }

    private static Problem unknown(UUID id) {
        return Problem.notFound("there is no session " + id);
    }

    private static String text(Session.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private Map<String, Object> json(Session session) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("device_session_id", session.id());
        json.put("user_id", session.userId());
        if (session.device() != null) {
            json.put("device", session.device());
        }
        json.put("state", text(sessions.state(session)));
        json.put("created_at", session.createdAt().toString());
        json.put("last_seen_at", session.lastSeenAt().toString());
        json.put("expires_at", session.expiresAt().toString());
        if (session.revokedAt() != null) {
            json.put("revoked_at", session.revokedAt().toString());
            json.put("reason", String.valueOf(session.reason()));
        }
        return json;
    }
}
