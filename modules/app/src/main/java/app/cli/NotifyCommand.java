package app.cli;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** {@code push notify}: publishes a notification over HTTP. */
final class NotifyCommand extends ClientCommand {

    private final Option<String> user = required("--user", "U", String.class, "The user's id, a UUID.");
    private final Option<String> kind = required("--kind", "K", String.class, "The kind of notification.");
    private final Option<String> session =
            option("--session", "S", String.class, "Notifies only this session, a UUID.");
    private final Option<String> payload =
            option("--payload", "JSON", String.class, "The payload, a JSON object; default {}.");

    NotifyCommand() {
        super("notify", "Publishes a notification and prints its cursor.");
    }

    @Override
    public Integer call() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("user_id", user.get());
        session.optional().ifPresent(id -> body.put("device_session_id", id));
        body.put("kind", kind.get());
        body.put("payload", json(payload.or("{}")));
        out().println(hub().post("/api/v1/notifications", body).path("cursor").asString());
        return PushCommand.OK;
    }

    private JsonNode json(String text) {
        try {
            return http.Json.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw usage("--payload is " + e.getMessage());
        }
    }
}
