package benchmarks.http;

import database.Database;
import database.DatabaseConfig;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * The content of a database after its server has ended.
 *
 * @param targets the ids of the revoked sessions, and of the users whose sessions were all revoked
 * @param revocations the number of revocations
 * @param unpublished the number of revocations that are not yet published
 * @param closedSessions the number of revoked sessions
 */
record Rows(Set<UUID> targets, long revocations, long unpublished, long closedSessions) {

    /** Reads the database with this URL. */
    static Rows of(String url) {
        try (Database database = Database.open(DatabaseConfig.of(url))) {
            return database.read(Rows::read);
        }
    }

    private static Rows read(Connection connection) throws SQLException {
        Set<UUID> targets = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select coalesce(session_id, user_id) as target from revocation")) {
            while (rows.next()) {
                targets.add(rows.getObject("target", UUID.class));
            }
        }
        return new Rows(
                targets,
                count(connection, "revocation"),
                count(connection, "revocation where published_at is null"),
                count(connection, "session where revoked_at is not null"));
    }

    private static long count(Connection connection, String what) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + what)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Returns how many rows are wrong, if each id in {@code revoked} was revoked once and had one session. */
    long wrong(Set<UUID> revoked) {
        Set<UUID> lost = new HashSet<>(revoked);
        lost.removeAll(targets);
        Set<UUID> surplus = new HashSet<>(targets);
        surplus.removeAll(revoked);
        return lost.size()
                + surplus.size()
                + (revocations - targets.size())
                + unpublished
                + Math.abs(closedSessions - revoked.size());
    }
}
