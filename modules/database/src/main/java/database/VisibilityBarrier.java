package database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * A commit that makes all data durable that was visible in H2 before. Other transactions see committed data a moment
 * before it is in the file. If the process is killed in that moment, they have seen data that is lost. H2 writes
 * commits in order: once a later commit returns, all commits that were visible before it are in the file.
 */
final class VisibilityBarrier {

    private VisibilityBarrier() {}

    /** Creates the table {@code settlement} for these commits, if it does not exist. */
    static void prepare(Connection connection, boolean h2) throws SQLException {
        try (Statement create = connection.createStatement()) {
            connection.setAutoCommit(false);
            if (!h2) {
                create.execute(Migrations.LOCK_STATEMENT); // other processes may start at the same time
            }
            create.execute("create table if not exists settlement (id uuid primary key)");
            connection.commit();
        }
    }

    /** Makes a change that affects no other transaction, and leaves nothing behind. The caller commits it. */
    static int change(Connection connection) throws SQLException {
        UUID id = UUID.randomUUID();
        try (PreparedStatement insert = connection.prepareStatement("insert into settlement (id) values (?)");
                PreparedStatement delete = connection.prepareStatement("delete from settlement where id = ?")) {
            insert.setObject(1, id);
            delete.setObject(1, id);
            return insert.executeUpdate() + delete.executeUpdate();
        }
    }
}
