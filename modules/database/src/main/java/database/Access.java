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
 * Makes connections to a database.
 *
 * @param url the URL for the driver
 * @param properties the connection properties that are not in the URL
 * @param setsLimits whether each transaction must set its {@link Limits}; false when a connection starts with the usual
 *     ones
 */
record Access(String url, Properties properties, boolean setsLimits) {

    private static final System.Logger LOG = System.getLogger(Access.class.getName());

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /**
     * How long a caller waits for the response to a statement. Without this timeout, a host that has vanished would
     * block its callers forever.
     */
    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    /** The SQL state with which PgBouncer refuses {@code options} when a connection is opened. */
    private static final String REFUSED_PARAMETER = "08P01";

    /** Determines how to connect to a database. For PostgreSQL, this opens connections to it. */
    static Access to(DatabaseConfig config) throws SQLException {
        String url = JdbcUrl.complete(config.url());
        if (JdbcUrl.isH2(url)) {
            return new Access(url, properties(config), false);
        }
        if (Pooler.isAt(url, unprepared(config))) {
            boolean decided = url.contains("prepareThreshold=");
            LOG.log(
                    INFO,
                    "the database is behind a pooler that gives each transaction another connection"
                            + (decided ? "" : ": no statement is prepared (prepareThreshold=0)"));
            return new Access(url, decided ? properties(config) : unprepared(config), true);
        }
        Properties limited = properties(config);
        limited.setProperty("options", Limits.USUAL.options());
        return isLimited(url, limited) ? new Access(url, limited, false) : new Access(url, properties(config), true);
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
            properties.setProperty("socketTimeout", Long.toString(ANSWER_TIMEOUT.toSeconds()));
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
     * Whether connections start with the limits. A pooler may refuse or ignore them, and a URL may have its own
     * options.
     */
    private static boolean isLimited(String url, Properties properties) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select setting from pg_settings where name in ('lock_timeout', 'statement_timeout') order by name")) {
            return row.next()
                    && row.getLong(1) == Limits.USUAL.lockMillis()
                    && row.next()
                    && row.getLong(1) == Limits.USUAL.statementMillis();
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
    void begin(Connection connection, Limits limits) throws SQLException {
        boolean isPostgresql = !JdbcUrl.isH2(url);
        if (isPostgresql && limits == Limits.NONE) {
            connection.setNetworkTimeout(Runnable::run, 0); // the pool resets it when it lends the connection again
        }
        if (isPostgresql && (setsLimits || limits != Limits.USUAL)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(limits.sql());
            }
        }
    }
}
