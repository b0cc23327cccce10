package auth;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL for sessions. Each method is one step of the caller's transaction. */
final class SessionTable {

    private static final String COLUMNS =
            "id, user_id, device, created_at, last_seen_at, expires_at, revoked_at, reason";

    /** The condition for a session that may be used now. The parameter is the current time. */
    private static final String OPEN = "revoked_at is null and expires_at > ?";

    private SessionTable() {}

    /**
     * Waits until no other transaction holds the lock of the user's sessions, and holds it until this transaction ends.
     *
     * <p>Revocations get their ids under this lock. So the ids of one user's revocations are in the order of their
     * commits, and a reader that reads the outbox by id publishes them in that order. Across users there is no order: a
     * later id may be committed first. The lock is on a separate row and not on the sessions, because a user may have
     * none.
     *
     * @return the time for what this transaction does with the user's sessions: the clock's time, but later than
     *     everything that was done before. Otherwise, after a clock was set back, a session could be revoked before it
     *     was opened, and survive that
     */
    static Instant lockUser(Connection connection, UUID userId, InstantSource clock) throws SQLException {
        Optional<Optional<Instant>> last = lockKnownUser(connection, userId);
        if (last.isEmpty()) {
            Instant first = Sql.now(clock);
            if (addUser(connection, userId, first)) {
                return first;
            }
            last = lockKnownUser(connection, userId); // another transaction added the user meanwhile
        }
        Instant earliest =
                last.orElseThrow().map(time -> time.plus(1, ChronoUnit.MICROS)).orElse(Instant.MIN);
        Instant now = Sql.now(clock);
        Instant time = now.isBefore(earliest) ? earliest : now;
        try (PreparedStatement update =
                connection.prepareStatement("update session_owner set last_at = ? where user_id = ?")) {
            Sql.set(update, time, userId);
            update.executeUpdate();
        }
        return time;
    }

    /** Adds and locks a user, unless the user exists. Returns true when this call added the user. */
    private static boolean addUser(Connection connection, UUID userId, Instant time) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into session_owner (user_id, last_at) values (?, ?) on conflict do nothing")) {
            Sql.set(insert, userId, time);
            return insert.executeUpdate() == 1;
        }
    }

    /**
     * Locks an existing user. Returns empty when there is no such user; the inner value is empty when no time was kept.
     */
    private static Optional<Optional<Instant>> lockKnownUser(Connection connection, UUID userId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select last_at from session_owner where user_id = ? for update")) {
            Sql.set(select, userId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(Optional.ofNullable(Sql.timeOrNull(rows, "last_at")))
                        : Optional.empty();
            }
        }
    }

    /** Adds a session, unless one with its id exists. Returns true when this call added it. */
    static boolean add(Connection connection, Session session) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into session (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")) {
            Sql.set(
                    insert,
                    session.id(),
                    session.userId(),
                    session.device(),
                    session.createdAt(),
                    session.lastSeenAt(),
                    session.expiresAt(),
                    session.revokedAt(),
                    session.reason());
            return insert.executeUpdate() == 1;
        }
    }

    static Optional<Session> find(Connection connection, UUID id) throws SQLException {
        return select(connection, "where id = ?", id).stream().findFirst();
    }

    /** Returns sessions of a user, open or not, the newest first; at most {@code limit} after {@code after}. */
    static List<Session> all(Connection connection, UUID userId, SessionCursor after, int limit) throws SQLException {
        return select(
                connection,
                "where user_id = ? and (created_at, id) < (?, ?) order by created_at desc, id desc limit ?",
                userId,
                after.createdAt(),
                after.id(),
                limit);
    }

    /** As {@link #all}, only for open sessions. */
    static List<Session> open(Connection connection, UUID userId, Instant now, SessionCursor after, int limit)
            throws SQLException {
        return select(
                connection,
                "where user_id = ? and " + OPEN
                        + " and (created_at, id) < (?, ?) order by created_at desc, id desc limit ?",
                userId,
                now,
                after.createdAt(),
                after.id(),
                limit);
    }

    /** Updates the time at which the device was last seen, unless the session is not open. */
    static void touch(Connection connection, UUID id, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update session set last_seen_at = ? where id = ? and last_seen_at < ? and " + OPEN)) {
            Sql.set(update, now, id, now, now);
            update.executeUpdate();
        }
    }

    /** Revokes a session, unless it is already revoked. Returns true when this call revoked it. */
    static boolean revoke(Connection connection, UUID id, Instant now, String reason) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update session set revoked_at = ?, reason = ? where id = ? and revoked_at is null")) {
            Sql.set(update, now, reason, id);
            return update.executeUpdate() == 1;
        }
    }

    /** Revokes all open sessions of a user. Returns how many it revoked. */
    static int revokeOpen(Connection connection, UUID userId, Instant now, String reason) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update session set revoked_at = ?, reason = ? where user_id = ? and " + OPEN)) {
            Sql.set(update, now, reason, userId, now);
            return update.executeUpdate();
        }
    }

    /** When the last of the user's open sessions ends by itself; null when there is none. */
    static @Nullable Instant lastExpiry(Connection connection, UUID userId, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select max(expires_at) as last_expiry from session where user_id = ? and " + OPEN)) {
            Sql.set(select, userId, now);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return Sql.timeOrNull(rows, "last_expiry");
            }
        }
    }

    /** The number of open sessions of a user; counts no further than {@code max}. */
    static int countOpen(Connection connection, UUID userId, Instant now, int max) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select count(*) from (select id from session where user_id = ? and " + OPEN
                        + " limit ?) as counted")) {
            Sql.set(select, userId, now, max);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    /** Deletes some sessions that ended before the given time. Returns how many it deleted. */
    static int deleteEnded(Connection connection, Instant before, int atMost) throws SQLException {
        int expired = deleteBefore(connection, "expires_at", before, atMost);
        return expired + deleteBefore(connection, "revoked_at", before, atMost - expired);
    }

    private static int deleteBefore(Connection connection, String column, Instant before, int atMost)
            throws SQLException {
        String ended = column + " < ?";
        try (PreparedStatement select = connection.prepareStatement(
                        "select id from session where " + ended + " order by " + column + " limit " + atMost);
                PreparedStatement delete =
                        connection.prepareStatement("delete from session where id = ? and " + ended)) {
            Sql.set(select, before);
            int count = 0;
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Sql.set(delete, rows.getObject("id", UUID.class), before);
                    delete.addBatch();
                    count++;
                }
            }
            delete.executeBatch();
            return count;
        }
    }

    private static List<Session> select(Connection connection, String where, Object... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS + " from session " + where)) {
            Sql.set(select, values);
            List<Session> sessions = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    sessions.add(session(rows));
                }
            }
            return sessions;
        }
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                row.getObject("id", UUID.class),
                row.getObject("user_id", UUID.class),
                row.getString("device"),
                Sql.time(row, "created_at"),
                Sql.time(row, "last_seen_at"),
                Sql.time(row, "expires_at"),
                Sql.timeOrNull(row, "revoked_at"),
                row.getString("reason"));
    }
}
