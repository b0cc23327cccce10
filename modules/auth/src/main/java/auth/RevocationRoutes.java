package auth;

import http.Json;
import http.Parameters;
import http.ResponseMemory;
import http.Route;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The HTTP call that lists the revocations, for a gateway that starts without any state: below {@code /api/v1}. */
public final class RevocationRoutes implements HttpService {

    private static final int DEFAULT_PAGE = 200;
    private static final int MAX_PAGE = 1000;

    private final Revocations revocations;
    private final Supplier<String> head;

    /** @param head returns the cursor of the last event that the hub has accepted */
    public RevocationRoutes(Revocations revocations, Supplier<String> head) {
        this.revocations = revocations;
        this.head = head;
    }

    @Override
    public void routing(HttpRules rules) {
        Route.at("/revocations").get(this::list).addTo(rules);
    }

    /**
     * Reads the push cursor before the first page. A revocation is committed before it is published. So every
     * revocation that is published up to the cursor is in the database by then, and every other one is published after
     * the cursor.
     */
    private void list(ServerRequest request, ServerResponse response) {
        Parameters.requireQuery(request, Set.of("since", "limit", "cursor"));
        Instant since = Parameters.queryTime(request, "since").orElse(Instant.EPOCH);
        int limit = Parameters.queryInteger(request, "limit", DEFAULT_PAGE, 1, MAX_PAGE);
        ResponseMemory.reserve(request, Page.bytes(limit, SessionRoutes.MAX_REASON_LENGTH));
        RevocationCursor after = Parameters.queryCursor(request, RevocationCursor::parse)
                .orElseGet(() -> new RevocationCursor(0, head.get()));
        List<Revocation> found = revocations.list(since, after.id(), limit + 1);
        Page<Revocation> page = Page.of(
                found,
                limit,
                each -> each.reason().length(),
                last -> new RevocationCursor(last.id(), after.pushCursor()).text());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "revocations", page.items().stream().map(RevocationRoutes::json).toList());
        json.put("push_cursor", after.pushCursor());
        page.next().ifPresent(cursor -> json.put("next_cursor", cursor));
        Json.send(request, response, Status.OK_200, json);
    }

    private static Map<String, Object> json(Revocation revocation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event_id", revocation.eventId());
        json.put("user_id", revocation.userId());
        Optional.ofNullable(revocation.sessionId()).ifPresent(id -> json.put("device_session_id", id));
        json.put("reason", revocation.reason());
        json.put("revoked_at", revocation.revokedAt().toString());
        json.put("expires_at", revocation.expiresAt().toString());
        return json;
    }
}
