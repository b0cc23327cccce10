package auth;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL for revocations. Each method is one step of the caller's transaction. */
final class RevocationTable {

    private static final String COLUMNS = "event_id, user_id, session_id, reason, traceparent, revoked_at, expires_at";

    private RevocationTable() {}

    /** Adds an unpublished revocation. The transaction must hold the lock of {@link SessionTable#lockUser}. */
    static void add(
            Connection connection,
            UUID eventId,
            UUID userId,
            @Nullable UUID sessionId,
            RevocationContext context,
            Instant revokedAt,
            Instant expiresAt)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into revocation (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?)")) {
            Sql.set(insert, eventId, userId, sessionId, context.reason(), context.traceparent(), revokedAt, expiresAt);
            insert.executeUpdate();
        }
    }

    /** Returns the oldest revocations that are not yet published. */
    static List<Revocation> unpublished(Connection connection, int limit) throws SQLException {
        return select(connection, "published_at is null", limit);
    }

    /** Returns the number and age of the revocations that are not yet published. */
    static PendingRevocations pending(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "select count(*) as number, min(revoked_at) as oldest from revocation"
                                + " where published_at is null");
                ResultSet row = select.executeQuery()) {
            row.next();
            return new PendingRevocations(row.getLong("number"), Sql.timeOrNull(row, "oldest"));
        }
    }

    /**
     * Returns the revocations that are not yet published, and those of {@code window} from the id {@code oldest} on.
     */
    static List<Revocation> unpublishedOr(Connection connection, long after, long oldest, Window window, int limit)
            throws SQLException {
        return select(
                connection,
                "id > ? and (published_at is null or (id >= ? and revoked_at >= ? and expires_at > ?))",
                limit,
                after,
                oldest,
                window.since(),
                window.now());
    }

    /** A selection of revocations: those made at {@code since} or later that have not expired at {@code now}. */
    record Window(Instant since, Instant now) {}

    /** Returns the published revocations of a window, the newest first. */
    static List<Revocation> publishedBefore(Connection connection, long before, Window window, int limit)
            throws SQLException {
        return selectNewest(
                connection,
                "id < ? and published_at is not null and revoked_at >= ? and expires_at > ?",
                limit,
                before,
                window.since(),
                window.now());
    }

    /** Returns the revocations of a window, published or not. */
    static List<Revocation> all(Connection connection, long after, Window window, int limit) throws SQLException {
        return select(
                connection,
                "id > ? and revoked_at >= ? and expires_at > ?",
                limit,
                after,
                window.since(),
                window.now());
    }

    static void markPublished(Connection connection, List<Revocation> revocations, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update revocation set published_at = ? where id = ? and published_at is null")) {
            for (Revocation revocation : revocations) {
                Sql.set(update, now, revocation.id());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    /** Deletes some published revocations that have expired. Returns how many it deleted. */
    static int deleteExpired(Connection connection, Instant now, int limit) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from revocation where id in (select id"
                + " from revocation where published_at is not null and expires_at <= ? order by expires_at limit ?)")) {
            Sql.set(delete, now, limit);
            return delete.executeUpdate();
        }
    }

    private static List<Revocation> select(Connection connection, String where, int limit, Object... values)
            throws SQLException {
        return selectInOrder(connection, where, "id", limit, values);
    }

    private static List<Revocation> selectNewest(Connection connection, String where, int limit, Object... values)
            throws SQLException {
        return selectInOrder(connection, where, "id desc", limit, values);
    }

    private static List<Revocation> selectInOrder(
            Connection connection, String where, String order, int limit, Object... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select id, " + COLUMNS
                + ", published_at from revocation where " + where + " order by " + order + " limit " + limit)) {
            Sql.set(select, values);
            List<Revocation> revocations = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    revocations.add(revocation(rows));
                }
            }
            return revocations;
        }
    }

    private static Revocation revocation(ResultSet row) throws SQLException {
        return new Revocation(
                row.getLong("id"),
                row.getObject("event_id", UUID.class),
                row.getObject("user_id", UUID.class),
                row.getObject("session_id", UUID.class),
                row.getString("reason"),
                row.getString("traceparent"),
                Sql.time(row, "revoked_at"),
                Sql.time(row, "expires_at"),
                Sql.timeOrNull(row, "published_at"));
    }
}
