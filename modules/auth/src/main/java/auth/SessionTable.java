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

    /** A session that may be used now; the parameter is the time. */
    private static final String OPEN = "revoked_at is null and expires_at > ?";

    private SessionTable() {}

    /**
     * Waits until no other transaction has the sessions of the user, and has them until this one ends.
     *
     * <p>Revocations get their ids behind this lock. So those of one user have their ids in the order in which they are
     * committed, and whoever reads the outbox in the order of ids publishes them in that order. Among users there
     * is no order: a later id may be committed first. A row of its own is locked, and not the sessions, since
     * a user may have none.
     *
     * @return the time of what this transaction does with the user's sessions: by the clock, but later than everything that
     *     was done before. By a clock that was put back, a session would otherwise be revoked before it was opened, and
     *     outlive that
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

    /** Adds a user whom this transaction has locked then, unless there is one; true when this did it. */
    private static boolean addUser(Connection connection, UUID userId, Instant time) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into session_owner (user_id, last_at) values (?, ?) on conflict do nothing")) {
            Sql.set(insert, userId, time);
            return insert.executeUpdate() == 1;
        }
    }

    /** Empty when there is no such user; the time is empty when none was kept. */
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

    /** Adds a session, unless there is one of its id; true when this did it. */
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

    /** Sessions of a user, open or not, the latest first; at most {@code limit} after {@code after}. */
    static List<Session> all(Connection connection, UUID userId, SessionCursor after, int limit) throws SQLException {
        return select(
                connection,
                "where user_id = ? and (created_at, id) < (?, ?) order by created_at desc, id desc limit ?",
                userId,
                after.createdAt(),
                after.id(),
                limit);
    }

    /** As {@link #all}, of the open ones. */
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

    /** Notes that the device was heard of, unless the session is not open. */
    static void touch(Connection connection, UUID id, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update session set last_seen_at = ? where id = ? and last_seen_at < ? and " + OPEN)) {
            Sql.set(update, now, id, now, now);
            update.executeUpdate();
        }
    }

    /** Revokes a session, unless it is revoked; true when this did it. */
    static boolean revoke(Connection connection, UUID id, Instant now, String reason) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update session set revoked_at = ?, reason = ? where id = ? and revoked_at is null")) {
            Sql.set(update, now, reason, id);
            return update.executeUpdate() == 1;
        }
    }

    /** Revokes all open sessions of a user; says how many there were. */
    static int revokeOpen(Connection connection, UUID userId, Instant now, String reason) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update session set revoked_at = ?, reason = ? where user_id = ? and " + OPEN)) {
            Sql.set(update, now, reason, userId, now);
            return update.executeUpdate();
        }
    }

    /** When the last of the open sessions of a user ends by itself; null when there is none. */
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

    /** How many open sessions a user has; counts no further than {@code max}. */
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

    /** Deletes some that had ended before a time; says how many. */
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
