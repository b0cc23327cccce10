package database;

import static java.lang.System.Logger.Level.INFO;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/**
 * Opens connections to a database, and begins transactions on them.
 *
 * @param url the URL for the driver
 * @param properties the connection properties that are not in the URL
 * @param setsTimeouts whether each transaction must set its {@link Timeouts}; false when a connection starts with the
 *     default ones
 */
record ConnectionFactory(String url, Properties properties, boolean setsTimeouts) {

    private static final System.Logger LOG = System.getLogger(ConnectionFactory.class.getName());

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /**
     * How long a caller waits for the response to a statement. Without this timeout, a host that has vanished would
     * block its callers forever.
     */
    static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);

    /** The SQL state with which PgBouncer refuses {@code options} when a connection is opened. */
    private static final String REFUSED_PARAMETER = "08P01";

    /** Determines how to connect to a database. For PostgreSQL, this opens connections to it. */
    static ConnectionFactory of(DatabaseConfig config) throws SQLException {
        String url = JdbcUrl.complete(config.url());
        if (JdbcUrl.isH2(url)) {
            return new ConnectionFactory(url, properties(config), false);
        }
        if (Pooler.isAt(url, unprepared(config))) {
            boolean decided = url.contains("prepareThreshold=");
            LOG.log(
                    INFO,
                    "the database is behind a pooler that assigns a connection to each transaction"
                            + (decided ? "" : "; prepared statements are disabled (prepareThreshold=0)"));
            return new ConnectionFactory(url, decided ? properties(config) : unprepared(config), true);
        }
        Properties withTimeouts = properties(config);
        withTimeouts.setProperty("options", Timeouts.DEFAULT.options());
        return hasTimeouts(url, withTimeouts)
                ? new ConnectionFactory(url, withTimeouts, false)
                : new ConnectionFactory(url, properties(config), true);
    }

    /** The user and the password and, for PostgreSQL, the timeouts. */
    static Properties properties(DatabaseConfig config) {
        Properties properties = new Properties();
        if (!config.user().isEmpty()) {
            properties.setProperty("user", config.user());
        }
        if (!config.password().isEmpty()) {
            properties.setProperty("password", config.password());
        }
        if (!JdbcUrl.isH2(config.url())) { // the URL overrides these
            properties.setProperty("ApplicationName", "push");
            properties.setProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
            properties.setProperty("socketTimeout", Long.toString(SOCKET_TIMEOUT.toSeconds()));
            properties.setProperty("tcpKeepAlive", "true");
            properties.setProperty("logServerErrorDetail", "false"); // the details contain values of rows
        }
        return properties;
    }

    /** Properties with which no transaction uses a statement that was prepared on another connection. */
    static Properties unprepared(DatabaseConfig config) {
        Properties properties = properties(config);
        properties.setProperty("prepareThreshold", "0");
        return properties;
    }

    /**
     * Whether connections start with the default timeouts. A pooler may refuse or ignore them, and a URL may have its
     * own options.
     */
    private static boolean hasTimeouts(String url, Properties properties) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select setting from pg_settings where name in ('lock_timeout', 'statement_timeout')"
                                + " order by name")) {
            return row.next()
                    && row.getLong(1) == Timeouts.DEFAULT.lockMillis()
                    && row.next()
                    && row.getLong(1) == Timeouts.DEFAULT.statementMillis();
        } catch (SQLException e) {
            if (REFUSED_PARAMETER.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** Opens a connection that belongs to the caller. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, properties);
    }

    /** Begins a transaction on a connection. */
    void begin(Connection connection, Timeouts timeouts) throws SQLException {
        boolean isPostgresql = !JdbcUrl.isH2(url);
        if (isPostgresql && timeouts == Timeouts.NONE) {
            connection.setNetworkTimeout(Runnable::run, 0); // the pool resets it when it lends the connection again
        }
        if (isPostgresql && (setsTimeouts || timeouts != Timeouts.DEFAULT)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(timeouts.sql());
            }
        }
    }
}
