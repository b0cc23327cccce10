package auth;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Remembers sessions. Each method is one atomic step, and safe for any number of threads. */
public interface SessionStore {

    /** Adds a session; its id is new. */
    void add(Session session);

    /** The session of that id. */
    Optional<Session> find(UUID id);

    /** Revokes a session, unless it is revoked or unknown; true when this call did it. */
    boolean revoke(UUID id, Instant at, String reason);

    /** Revokes all open sessions of a user; says how many there were. */
    int revokeAll(UUID userId, Instant at, String reason);
}
