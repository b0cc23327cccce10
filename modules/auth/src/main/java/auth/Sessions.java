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
 * Opens and revokes sessions. What is revoked, gateways are told to cut off: once this returns, that will happen,
 * whatever becomes of this process.
 *
 * <p>Safe for any number of threads. Every method may throw {@link database.DatabaseUnavailable}.
 */
public final class Sessions {

    /**
     * For so long a revocation is told at least, also of a session that has expired: a gateway may not have noticed.
     */
    private static final Duration LEAST_TOLD = Duration.ofDays(1);

    /** How many sessions are deleted at a time: a short transaction holds nobody up. */
    private static final int SWEEP = 500;

    private final Database database;
    private final SessionConfig config;
    private final InstantSource clock;
    private final Runnable revoked;

    /**
     * Decides over the sessions of a database.
     *
     * @param revoked called once a revocation is committed, on the thread that revoked, which waits for it
     */
    public Sessions(Database database, SessionConfig config, InstantSource clock, Runnable revoked) {
        this.database = database;
        this.config = config;
        this.clock = clock;
        this.revoked = revoked;
    }

    /** Which sessions are listed. */
    public enum Filter {
        /** Those that can be used. */
        OPEN,
        /** Those that have expired or were revoked too. */
        ALL
    }

    /**
     * Opens a session. It is not touched by a revocation that has returned before.
     *
     * @param device what the device calls itself
     * @throws TooManySessions when the user has as many as there may be
     */
    public Session open(UUID userId, @Nullable String device) {
        return open(UUID.randomUUID(), userId, device);
    }

    /** As the other, under an id; gives the session that has it if it was opened before. */
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

    /** The session of that id. */
    public Optional<Session> find(UUID id) {
        return database.read(connection -> SessionTable.find(connection, id));
    }

    /** The state of a session by now. */
    public Session.State state(Session session) {
        return session.state(Sql.now(clock));
    }

    /** Sessions of a user, the latest first; at most {@code limit} of them. */
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
     * Notes that a session's device was heard of, unless the session is not open.
     *
     * @return the session as it is then
     */
    public Optional<Session> touch(UUID id) {
        return database.inTransaction(connection -> {
            SessionTable.touch(connection, id, Sql.now(clock));
            return SessionTable.find(connection, id);
        });
    }

    /**
     * Revokes a session, also one that has expired: a gateway may not have noticed. Repeated, it does nothing: the
     * first reason stays, and gateways are told once.
     *
     * @return whether there is such a session
     */
    public boolean revoke(UUID id, Cause cause) {
        Outcome outcome = database.inTransaction(connection -> {
            Optional<Session> session = SessionTable.find(connection, id);
            return session.isEmpty() ? Outcome.UNKNOWN : revoke(connection, session.get(), cause);
        });
        switch (outcome) {
            case REVOKED -> revoked.run();
            case REPEATED -> database.settle(); // who was first may not have returned yet
            case UNKNOWN -> {}
        }
        return outcome != Outcome.UNKNOWN;
    }

    private enum Outcome {
        REVOKED,
        REPEATED,
        UNKNOWN
    }

    private Outcome revoke(Connection connection, Session session, Cause cause) throws SQLException {
        if (session.revokedAt() != null) {
            return Outcome.REPEATED;
        }
        Instant now = SessionTable.lockUser(connection, session.userId(), clock);
        if (!SessionTable.revoke(connection, session.id(), now, cause.reason())) {
            return Outcome.REPEATED; // by another one that had the lock before
        }
        RevocationTable.add(connection, eventId(), session.userId(), session.id(), cause, now, toldUntil(session, now));
        return Outcome.REVOKED;
    }

    private static Instant toldUntil(Session session, Instant now) {
        Instant least = now.plus(LEAST_TOLD);
        return session.expiresAt().isAfter(least) ? session.expiresAt() : least;
    }

    /**
     * Revokes all open sessions of a user. Gateways are told in any case: they may hold sessions that this database
     * does not know.
     *
     * @return how many were open
     */
    public int revokeAll(UUID userId, Cause cause) {
        int count = database.inTransaction(connection -> {
            Instant now = SessionTable.lockUser(connection, userId, clock);
            // One that was opened when sessions lived longer may outlive all that are opened now.
            Instant lastExpiry = SessionTable.lastExpiry(connection, userId, now);
            Instant expiresAt = now.plus(config.ttl());
            if (lastExpiry != null && lastExpiry.isAfter(expiresAt)) {
                expiresAt = lastExpiry;
            }
            RevocationTable.add(connection, eventId(), userId, null, cause, now, expiresAt);
            return SessionTable.revokeOpen(connection, userId, now, cause.reason());
        });
        revoked.run();
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
