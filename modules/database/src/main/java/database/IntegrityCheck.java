package database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.h2.api.ErrorCode;

/**
 * Reads all data of an H2 database to find out whether the file is damaged. H2 detects damage only where it reads, and
 * detects that a value has changed to another type only where the value is used.
 */
final class IntegrityCheck {

    private static final String DATA_EXCEPTION = "22000";

    private static final Set<Integer> NO_DAMAGE = Set.of(
            ErrorCode.OUT_OF_MEMORY,
            ErrorCode.DATABASE_IS_CLOSED,
            ErrorCode.OBJECT_CLOSED,
            ErrorCode.DATABASE_CALLED_AT_SHUTDOWN);

    private IntegrityCheck() {}

    /** The names of push's own tables. */
    static List<String> tables(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet tables = connection.getMetaData().getTables(null, "public", "%", new String[] {"BASE TABLE"})) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        }
        return names;
    }

    /**
     * Reads every value of every row.
     *
     * @throws SQLException with the error code of a damaged file, when a value cannot be read or does not have the type
     *     of its column
     */
    static void run(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lazy_query_execution 1"); // otherwise H2 loads all rows of a table first
            for (String table : tables(connection)) {
                try (ResultSet rows = statement.executeQuery("select * from \"" + table + "\"")) {
                    readRows(table, rows);
                }
            }
            statement.execute("set lazy_query_execution 0");
        } catch (SQLException e) {
            if (NO_DAMAGE.contains(e.getErrorCode())) {
                throw e;
            }
            // H2 reports damage with many error codes.
            throw new SQLException(DatabaseException.firstLine(e), e.getSQLState(), ErrorCode.FILE_CORRUPTED_1, e);
        }
    }

    private static void readRows(String table, ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        List<Class<?>> types = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            types.add(type(columns.getColumnClassName(i)));
        }
        while (rows.next()) {
            for (int i = 1; i <= types.size(); i++) {
                Object value = rows.getObject(i);
                if (value != null && !types.get(i - 1).isInstance(value)) {
                    throw new SQLException(
                            "a row of " + table + " has a value in " + columns.getColumnName(i)
                                    + " that is not of type " + columns.getColumnTypeName(i),
                            DATA_EXCEPTION);
                }
            }
        }
    }

    private static Class<?> type(String name) throws SQLException {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new SQLException(e);
        }
    }
}
