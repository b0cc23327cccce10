package database;

/**
 * Which database, and as whom.
 *
 * @param url {@code jdbc:h2:…} or {@code jdbc:postgresql://…}
 * @param user whom to log in as; empty for the database's own default, or where the URL says it
 * @param password the user's; may be empty
 * @param poolSize how many connections there are at most, at least 1
 * @param directUrl leads to the same database without a pooler in between
 */
public record DatabaseConfig(String url, String user, String password, int poolSize, String directUrl) {

    /** Enough to keep a database busy: more wait for its disk, not for each other. */
    public static final int DEFAULT_POOL_SIZE = 10;

    /** @throws IllegalArgumentException when there can't be a pool of that size */
    public DatabaseConfig {
        if (poolSize < 1) {
            throw new IllegalArgumentException("poolSize must be at least 1, and was " + poolSize);
        }
    }

    /** A database without a pooler in front of it. */
    public DatabaseConfig(String url, String user, String password, int poolSize) {
        this(url, user, password, poolSize, url);
    }

    /** A database that lets anybody in, or whose URL says who it is. */
    public static DatabaseConfig of(String url) {
        return new DatabaseConfig(url, "", "", DEFAULT_POOL_SIZE);
    }

    /** Whether a URL is of an H2 database. */
    public static boolean isH2(String url) {
        return JdbcUrl.isH2(url);
    }

    /** A URL as it may be shown and logged. */
    public static String withoutPassword(String url) {
        return JdbcUrl.withoutPassword(url);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "DatabaseConfig[url=" + JdbcUrl.withoutPassword(url) + ", user=" + user + ", poolSize=" + poolSize + "]";
    }
}
