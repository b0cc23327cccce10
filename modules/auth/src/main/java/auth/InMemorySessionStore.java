package auth;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Remembers sessions until the process ends. */
public final class InMemorySessionStore implements SessionStore {

    private final Map<UUID, Session> byId = new LinkedHashMap<>();
    private final Map<UUID, Map<UUID, Session>> openByUser = new LinkedHashMap<>();

    @Override
    public synchronized void add(Session session) {
        byId.put(session.id(), session);
        openByUser
                .computeIfAbsent(session.userId(), user -> new LinkedHashMap<>())
                .put(session.id(), session);
    }

    @Override
    public synchronized Optional<Session> find(UUID id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public synchronized boolean revoke(UUID id, Instant at, String reason) {
        Session session = byId.get(id);
        if (session == null || !session.open()) {
            return false;
        }
        byId.put(id, session.revoked(at, reason));
        openByUser.computeIfPresent(session.userId(), (user, open) -> {
            open.remove(id);
            return open.isEmpty() ? null : open;
        });
        return true;
    }

    @Override
    public synchronized int revokeAll(UUID userId, Instant at, String reason) {
        Map<UUID, Session> open = openByUser.remove(userId);
        if (open == null) {
            return 0;
        }
        open.forEach((id, session) -> byId.put(id, session.revoked(at, reason)));
        return open.size();
    }
}
