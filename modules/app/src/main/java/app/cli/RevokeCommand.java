package app.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** {@code push revoke}: revokes one session or all sessions of a user, over HTTP. */
final class RevokeCommand extends ClientCommand {

    private final Option<String> user = required("--user", "U", String.class, "The user's id, a UUID.");
    private final Option<String> session = option(
            "--session", "S", String.class, "Revokes only this session, a UUID; default: all sessions of the user.");
    private final Option<String> reason = option("--reason", "R", String.class, "The reason, as free text.");

    RevokeCommand() {
        super("revoke", "Revokes one session or all sessions of a user. Gateways then cut them off.");
    }

    @Override
    public Integer call() {
        if (session.optional().isPresent()) {
            revokeOne(session.get());
        } else {
            revokeAll();
        }
        return PushCommand.OK;
    }

    private void revokeOne(String id) {
        String path = "/api/v1/sessions/" + encoded(id);
        String owner = hub().get(path).path("user_id").asString();
        if (!owner.equalsIgnoreCase(user.get())) {
            throw new CliException(
                    "session " + id + " does not belong to user " + user.get() + "; nothing was revoked");
        }
        hub().delete(path, reason.or(""));
        out().println("revoked session " + id);
    }

    private void revokeAll() {
        JsonNode answer = hub().delete("/api/v1/users/" + encoded(user.get()) + "/sessions", reason.or(""));
        out().println("told gateways to cut off user " + user.get() + "; open sessions at this hub: "
                + answer.path("revoked").asInt());
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8);
    }
}
