package benchmarks.http;

import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Creates requests, and records the promises of their responses in the account. Thread-safe. */
final class Work {

    /** A payload of 256 bytes. */
    private static final String PAYLOAD = "{\"text\":\"" + "x".repeat(245) + "\"}";

    private static final int UUID_LENGTH = 36;

    private final Account account;
    private final Queue<Opened> opened = new ConcurrentLinkedQueue<>();
    private final Set<UUID> revoked = ConcurrentHashMap.newKeySet();

    /** @param account receives the ids that responses promise */
    Work(Account account) {
        this.account = account;
    }

    private record Opened(UUID user, UUID session) {}

    /** Returns the next request; empty if there is no session left to revoke. */
    Optional<Call> next(Operation operation) {
        return switch (operation) {
            case NOTIFY -> Optional.of(notify(""));
            case NOTIFY_ONCE -> Optional.of(notify("Idempotency-Key: " + UUID.randomUUID() + "\r\n"));
            case OPEN -> Optional.of(open());
            case REVOKE -> Optional.ofNullable(opened.poll()).map(this::revoke);
            case REVOKE_ALL -> Optional.ofNullable(opened.poll()).map(this::revokeAll);
        };
    }

    private Call notify(String headers) {
        String json = "{\"user_id\":\"" + UUID.randomUUID() + "\",\"kind\":\"bench\",\"payload\":" + PAYLOAD + "}";
        return Call.post("/api/v1/notifications", headers, json, answer -> account.promised(id(answer, "event_id")));
    }

    private Call open() {
        UUID user = UUID.randomUUID();
        return Call.post(
                "/api/v1/sessions",
                "",
                "{\"user_id\":\"" + user + "\"}",
                answer -> opened.add(new Opened(user, id(answer, "device_session_id"))));
    }

    private Call revoke(Opened one) {
        return Call.delete("/api/v1/sessions/" + one.session() + "?reason=bench", ignored -> revoked(one.session()));
    }

    private Call revokeAll(Opened one) {
        return Call.delete("/api/v1/users/" + one.user() + "/sessions?reason=bench", ignored -> revoked(one.user()));
    }

    private void revoked(UUID id) {
        revoked.add(id);
        account.promised(id);
    }

    /** Returns the ids of the sessions and users whose revocation was confirmed. */
    Set<UUID> revoked() {
        return revoked;
    }

    /** Reads a member of a response, without the client's cost of a JSON parser. */
    private static UUID id(String json, String member) {
        int at = json.indexOf("\"" + member + "\":\"") + member.length() + 4;
        return UUID.fromString(json.substring(at, at + UUID_LENGTH));
    }
}
