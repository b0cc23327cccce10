package auth;

import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import push.api.EventIds;
import push.api.SessionInvalidator;

/** Opens and revokes sessions, and has gateways cut off what is revoked. Safe for any number of threads. */
public final class Sessions {

    private final SessionStore store;
    private final SessionInvalidator invalidator;
    private final InstantSource clock;

    /** Decides over the sessions of a store. */
    public Sessions(SessionStore store, SessionInvalidator invalidator, InstantSource clock) {
        this.store = store;
        this.invalidator = invalidator;
        this.clock = clock;
    }

    /** What became of a request to revoke. */
    public enum Revocation {
        /** It is revoked, by this request or an earlier one. */
        REVOKED,
        /** There is no such session. */
        UNKNOWN,
        /** It is revoked, but the hub is closed: gateways were not told. */
        NOT_TOLD
    }

    /**
     * Opens a session.
     *
     * @param device what the device calls itself
     */
    public Session open(UUID userId, @Nullable String device) {
        Session session = new Session(UUID.randomUUID(), userId, device, clock.instant(), null, null);
        store.add(session);
        return session;
    }

    /** The session of that id. */
    public Optional<Session> find(UUID id) {
        return store.find(id);
    }

    /** Revokes a session. Gateways are told once, however often it is asked for. */
    public Revocation revoke(UUID id, String reason) {
        Optional<Session> session = store.find(id);
        if (session.isEmpty()) {
            return Revocation.UNKNOWN;
        }
        if (!store.revoke(id, clock.instant(), reason)) {
            return Revocation.REVOKED;
        }
        boolean told = invalidator
                .invalidate(session.get().userId(), id, reason, EventIds.next())
                .isPresent();
        return told ? Revocation.REVOKED : Revocation.NOT_TOLD;
    }

    /**
     * Revokes all sessions of a user. Gateways are told in any case: they may hold sessions that this
     * store does not know.
     *
     * @return how many were open; empty when the hub is closed, and gateways were not told
     */
    public OptionalInt revokeAll(UUID userId, String reason) {
        int revoked = store.revokeAll(userId, clock.instant(), reason);
        return invalidator.invalidate(userId, null, reason, EventIds.next()).isPresent()
                ? OptionalInt.of(revoked)
                : OptionalInt.empty();
    }
}
