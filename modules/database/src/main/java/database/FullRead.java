package database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.h2.api.ErrorCode;

/**
 * Reads all that is in an H2 database. H2 notices damage only where it reads, and a value that became one of another type
 * only where it is used.
 */
final class FullRead {

    private static final String DATA_EXCEPTION = "22000";

    private FullRead() {}

    /** The tables that are ours. */
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
     * @throws SQLException of a damaged file, if one of them cannot be read, or has not its column's type
     */
    static void of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lazy_query_execution 1"); // else all rows of a table are in memory first
            for (String table : tables(connection)) {
                try (ResultSet rows = statement.executeQuery("select * from \"" + table + "\"")) {
                    readRows(table, rows);
                }
            }
            statement.execute("set lazy_query_execution 0");
        } catch (SQLException e) { // damage has many names there
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
                            "a row of " + table + " has no " + columns.getColumnTypeName(i) + " in "
                                    + columns.getColumnName(i),
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
