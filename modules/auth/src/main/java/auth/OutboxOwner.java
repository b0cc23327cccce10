package auth;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * The SQL for the owner of the outbox, a fencing token. A process that was paused, and has been replaced meanwhile,
 * must not mark revocations as published that only its own gateways received.
 */
final class OutboxOwner {

    private OutboxOwner() {}

    /** Replaces the owner. Waits for transactions that rely on the previous owner. */
    static int set(Connection connection, UUID owner) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                        "insert into outbox_owner (id, owner) values (1, ?) on conflict do nothing");
                PreparedStatement update =
                        connection.prepareStatement("update outbox_owner set owner = ? where id = 1")) {
            Sql.set(insert, owner);
            insert.executeUpdate();
            Sql.set(update, owner);
            return update.executeUpdate();
        }
    }

    /** Whether the id is the owner's. If so, it stays the owner until the transaction ends. */
    static boolean is(Connection connection, UUID owner) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("select owner from outbox_owner where id = 1 for update");
                ResultSet row = select.executeQuery()) {
            return row.next() && owner.equals(row.getObject("owner", UUID.class));
        }
    }
}
