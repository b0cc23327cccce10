package push.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import push.engine.spi.Appended.Position;

/** The statement that stores a batch, which is a transaction of its own: see {@code push_append} in the migrations. */
final class AppendStatement {

    private static final String SQL = "select epoch, sequences from push_append(?, ?, ?, ?, ?, ?, ?)";
    private static final UUID ALL_SESSIONS = new UUID(0, 0);

    private AppendStatement() {}

    /**
     * Stores a batch.
     *
     * @param writer identifies this hub
     * @param number the number of the batch, which is higher than that of any earlier batch of this hub
     * @return the position of each event, in the order of the batch
     */
    static List<Position> execute(Connection connection, UUID writer, long number, List<Pending> batch)
            throws SQLException {
        try (PreparedStatement append = connection.prepareStatement(SQL)) {
            append.setObject(1, writer);
            append.setLong(2, number);
            append.setArray(
                    3,
                    array(connection, "uuid", batch, one -> one.event().onceId().orElse(null)));
            append.setArray(
                    4, array(connection, "uuid", batch, one -> one.event().orderKey()));
            append.setArray(
                    5,
                    array(
                            connection,
                            "uuid",
                            batch,
                            one -> one.event().session().orElse(ALL_SESSIONS)));
            append.setArray(
                    6, array(connection, "bool", batch, one -> one.event().isInvalidation()));
            append.setArray(7, connection.createArrayOf("bytea", bodies(batch)));
            try (ResultSet row = append.executeQuery()) {
                row.next();
                String epoch = row.getString("epoch");
                List<Position> positions = new ArrayList<>();
                for (Long sequence : (Long[]) row.getArray("sequences").getArray()) {
                    positions.add(new Position(epoch, sequence));
                }
                return positions;
            }
        }
    }

    private static java.sql.Array array(
            Connection connection, String type, List<Pending> batch, Function<Pending, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, batch.stream().map(value).toArray());
    }

    private static byte[][] bodies(List<Pending> batch) {
        return batch.stream().map(Pending::body).toArray(byte[][]::new);
    }
}
