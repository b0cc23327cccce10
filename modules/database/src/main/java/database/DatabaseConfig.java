package database;

/**
 * Which database to use, and how to log in to it.
 *
 * @param url {@code jdbc:h2:…} or {@code jdbc:postgresql://…}
 * @param user the user to log in as; empty for the database's default, or when the URL has the user
 * @param password the user's password; may be empty
 * @param poolSize the maximum number of connections, at least 1
 * @param directUrl a URL of the same database without a pooler in between
 */
public record DatabaseConfig(String url, String user, String password, int poolSize, String directUrl) {

    /** Enough to keep a database busy. With more connections, callers wait for its disk rather than for each other. */
    public static final int DEFAULT_POOL_SIZE = 10;

    /** @throws IllegalArgumentException when the pool size is less than 1 */
    public DatabaseConfig {
        if (poolSize < 1) {
            throw new IllegalArgumentException("poolSize must be at least 1, but was " + poolSize);
        }
    }

    /** A database without a pooler in front of it. */
    public DatabaseConfig(String url, String user, String password, int poolSize) {
        this(url, user, password, poolSize, url);
    }

    /** A database that requires no login, or whose URL contains the login. */
    public static DatabaseConfig of(String url) {
        return new DatabaseConfig(url, "", "", DEFAULT_POOL_SIZE);
    }

    /** Whether the URL is for an H2 database. */
    public static boolean isH2(String url) {
        return JdbcUrl.isH2(url);
    }

    /** The URL without its password, as it may be shown and logged. */
    public static String withoutPassword(String url) {
        return JdbcUrl.withoutPassword(url);
    }

    /** Omits the password. */
    @Override
    public String toString() {
        return "DatabaseConfig[url=" + JdbcUrl.withoutPassword(url) + ", user=" + user + ", poolSize=" + poolSize + "]";
    }
}
