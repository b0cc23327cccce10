package idempotency;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * SQL statements with their parameters. An {@link Instant} is bound as a timestamp in UTC with microseconds, the
 * precision that H2 and PostgreSQL share.
 */
final class BoundSql {

    private BoundSql() {}

    /** Prepares a statement and binds its parameters, in order. The caller closes it. */
    static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        bind(statement, values);
        return statement;
    }

    /** Executes a statement that changes rows. Returns how many rows it changed. */
    static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** Binds the parameters of a statement, in order. */
    static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(
                    i + 1,
                    values[i] instanceof Instant time
                            ? time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC)
                            : values[i]);
        }
    }

    /** The time in a column that is not null. */
    static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
