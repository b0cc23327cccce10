package database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * Makes what H2 shows safe. What a transaction commits, others see a moment before it is in the file, and a process
 * that is killed in that moment has shown what never was. H2 writes commits in their order: one more that returns has
 * all that were seen before it in the file.
 */
final class Settlement {

    private Settlement() {}

    /** Makes the place for the commits, where there is none. */
    static void prepare(Connection connection, boolean h2) throws SQLException {
        try (Statement create = connection.createStatement()) {
            connection.setAutoCommit(false);
            if (!h2) {
                create.execute(Migrations.LOCK_STATEMENT); // others may start, too
            }
            create.execute("create table if not exists settlement (id uuid primary key)");
            connection.commit();
        }
    }

    /** Changes something that nobody else does, for the caller to commit; leaves nothing behind. */
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
