package auth;

import database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import push.api.EventIds;

/**
 * Opens and revokes sessions. Once a method that revokes has returned, every gateway will receive the invalidation,
 * whatever happens to this process.
 *
 * <p>Safe for any number of threads. Every method may throw {@link database.DatabaseUnavailable}.
 */
public final class Sessions {

    /**
     * The minimum time until the revocation of a session expires, even if the session itself has expired: a gateway may
     * not have noticed that.
     */
    private static final Duration MIN_LIFETIME = Duration.ofDays(1);

    /** The maximum number of sessions in one deletion, so that the transaction is short and delays no other. */
    private static final int SWEEP = 500;

    private final Database database;
    private final SessionConfig config;
    private final InstantSource clock;
    private final Runnable onRevoked;

    /**
     * Manages the sessions of a database.
     *
     * @param onRevoked called after a revocation is committed, on the revoking thread, which waits for it
     */
    public Sessions(Database database, SessionConfig config, InstantSource clock, Runnable onRevoked) {
        this.database = database;
        this.config = config;
        this.clock = clock;
        this.onRevoked = onRevoked;
    }

    /** The filters for a list of sessions. */
    public enum Filter {
        /** Open sessions only. */
        OPEN,
        /** All sessions, including expired and revoked ones. */
        ALL
    }

    /**
     * Opens a session. A revocation that has returned before does not affect it.
     *
     * @param device the name that the device gives itself
     * @throws TooManySessions when the user already has the maximum number of open sessions
     */
    public Session open(UUID userId, @Nullable String device) {
        return open(UUID.randomUUID(), userId, device);
    }

    /** As the other method, under the given id. If a session with that id exists, returns that session. */
    Session open(UUID id, UUID userId, @Nullable String device) {
        return database.inTransaction(connection -> {
            Instant now = SessionTable.lockUser(connection, userId, clock);
            Session session = new Session(id, userId, device, now, now, now.plus(config.ttl()), null, null);
            if (hasRoom(connection, userId, now) && SessionTable.add(connection, session)) {
                return session;
            }
            return SessionTable.find(connection, id)
                    .orElseThrow(() -> new TooManySessions(userId, config.maxPerUser()));
        });
    }

    private boolean hasRoom(Connection connection, UUID userId, Instant now) throws SQLException {
        return SessionTable.countOpen(connection, userId, now, config.maxPerUser()) < config.maxPerUser();
    }

    /** Returns the session with the given id. */
    public Optional<Session> find(UUID id) {
        return database.read(connection -> SessionTable.find(connection, id));
    }

    /** Returns the current state of a session. */
    public Session.State state(Session session) {
        return session.state(Sql.now(clock));
    }

    /** Returns sessions of a user, the newest first; at most {@code limit}. */
    Page<Session> list(UUID userId, Filter filter, SessionCursor after, int limit) {
        return Page.of(
                database.read(connection -> switch (filter) {
                    case OPEN -> SessionTable.open(connection, userId, Sql.now(clock), after, limit + 1);
                    case ALL -> SessionTable.all(connection, userId, after, limit + 1);
                }),
                limit,
                Session::textLength,
                session -> SessionCursor.after(session).text());
    }

    /**
     * Updates the time at which the device of a session was last seen, unless the session is not open.
     *
     * @return the session after the change
     */
    public Optional<Session> touch(UUID id) {
        return database.inTransaction(connection -> {
            SessionTable.touch(connection, id, Sql.now(clock));
            return SessionTable.find(connection, id);
        });
    }

    /**
     * Revokes a session, also an expired one: a gateway may not have noticed the expiry. Repeating the call has no
     * effect: the first reason stays, and the invalidation is published once.
     *
     * @return whether there is such a session
     */
    public boolean revoke(UUID id, RevocationContext context) {
        Outcome outcome = database.inTransaction(connection -> {
            Optional<Session> session = SessionTable.find(connection, id);
            return session.isEmpty() ? Outcome.UNKNOWN : revoke(connection, session.get(), context);
        });
        switch (outcome) {
            case REVOKED -> onRevoked.run();
            case REPEATED -> database.makeVisibleDataDurable(); // the first caller may not have returned yet
            case UNKNOWN -> {}
        }
        return outcome != Outcome.UNKNOWN;
    }

    private enum Outcome {
        REVOKED,
        REPEATED,
        UNKNOWN
    }

    private Outcome revoke(Connection connection, Session session, RevocationContext context) throws SQLException {
        if (session.revokedAt() != null) {
            return Outcome.REPEATED;
        }
        Instant now = SessionTable.lockUser(connection, session.userId(), clock);
        if (!SessionTable.revoke(connection, session.id(), now, context.reason())) {
            return Outcome.REPEATED; // by another transaction that had the lock before
        }
        RevocationTable.add(
                connection,
                eventId(),
                session.userId(),
                session.id(),
                context,
                now,
                revocationExpiry(session.expiresAt(), now));
        return Outcome.REVOKED;
    }

    /** When a revocation expires, given when the last of its sessions expires. */
    private static Instant revocationExpiry(Instant lastExpiry, Instant now) {
        Instant earliest = now.plus(MIN_LIFETIME);
        return lastExpiry.isAfter(earliest) ? lastExpiry : earliest;
    }

    /**
     * Revokes all open sessions of a user. An invalidation is published even if there are none, because gateways may
     * hold sessions that this database does not know.
     *
     * @return how many sessions were open
     */
    public int revokeAll(UUID userId, RevocationContext context) {
        int count = database.inTransaction(connection -> {
            Instant now = SessionTable.lockUser(connection, userId, clock);
            // A session that was opened under a longer ttl may outlive every session that is opened now.
            Instant lastExpiry = SessionTable.lastExpiry(connection, userId, now);
            Instant lastPossible = now.plus(config.ttl());
            Instant last = lastExpiry != null && lastExpiry.isAfter(lastPossible) ? lastExpiry : lastPossible;
            RevocationTable.add(connection, eventId(), userId, null, context, now, revocationExpiry(last, now));
            return SessionTable.revokeOpen(connection, userId, now, context.reason());
        });
        onRevoked.run();
        return count;
    }

    /**
     * Deletes some of the sessions that ended long ago.
     *
     * @return whether there may be more
     */
    public boolean sweep() {
        Instant before = Sql.now(clock).minus(config.retention());
        return database.inTransaction(connection -> SessionTable.deleteEnded(connection, before, SWEEP)) == SWEEP;
    }

    private static UUID eventId() {
        return UUID.fromString(EventIds.next());
    }
}
