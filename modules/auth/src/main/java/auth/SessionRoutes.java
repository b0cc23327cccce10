package auth;

import http.Json;
import http.JsonBody;
import http.Parameters;
import http.Problem;
import http.Problems;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The HTTP calls for sessions, below {@code /api/v1}. */
public final class SessionRoutes implements HttpService {

    private static final int MAX_DEVICE_LENGTH = 256;
    private static final int MAX_REASON_LENGTH = 1024;

    private final Sessions sessions;

    /** Serves these sessions. */
    public SessionRoutes(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/sessions", this::open)
                .any("/sessions", Problems.methodNotAllowed("POST"))
                .get("/sessions/{device_session_id}", this::find)
                .delete("/sessions/{device_session_id}", this::revoke)
                .any("/sessions/{device_session_id}", Problems.methodNotAllowed("GET, DELETE"))
                .delete("/users/{user_id}/sessions", this::revokeAll)
                .any("/users/{user_id}/sessions", Problems.methodNotAllowed("DELETE"));
    }

    private void open(ServerRequest request, ServerResponse response) {
        JsonBody body = JsonBody.of(request, Set.of("user_id", "device"));
        Session session = sessions.open(
                body.uuid("user_id"),
                body.optionalText("device", MAX_DEVICE_LENGTH).orElse(null));
        Json.send(response, Status.CREATED_201, json(session));
    }

    private void find(ServerRequest request, ServerResponse response) {
        UUID id = Parameters.pathUuid(request, "device_session_id");
        Json.send(response, Status.OK_200, json(sessions.find(id).orElseThrow(() -> unknown(id))));
    }

    private void revoke(ServerRequest request, ServerResponse response) {
        UUID id = Parameters.pathUuid(request, "device_session_id");
        switch (sessions.revoke(id, reason(request))) {
            case REVOKED -> response.status(Status.NO_CONTENT_204).send();
            case UNKNOWN -> throw unknown(id);
            case NOT_TOLD -> throw Problem.stopped();
        }
    }

    private void revokeAll(ServerRequest request, ServerResponse response) {
        int revoked = sessions.revokeAll(Parameters.pathUuid(request, "user_id"), reason(request))
                .orElseThrow(Problem::stopped);
        Json.send(response, Status.OK_200, Map.of("revoked", revoked));
    }

    private static String reason(ServerRequest request) {
        return Parameters.queryText(request, "reason", MAX_REASON_LENGTH);
    }

    private static Problem unknown(UUID id) {
        return Problem.notFound("there is no session " + id);
    }

    private static Map<String, Object> json(Session session) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("device_session_id", session.id());
        json.put("user_id", session.userId());
        if (session.device() != null) {
            json.put("device", session.device());
        }
        json.put("created_at", session.createdAt().toString());
        if (session.revokedAt() != null) {
            json.put("revoked_at", session.revokedAt().toString());
            json.put("reason", String.valueOf(session.reason()));
        }
        return json;
    }
}
