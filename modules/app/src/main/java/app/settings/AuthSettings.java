package app.settings;

import auth.SessionConfig;
import database.DatabaseConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads {@code auth.*}: the database, and the sessions in it. */
final class AuthSettings {

    private static final String URL = "auth.db.url";
    private static final String DIRECT_URL = "auth.db.direct-url";
    private static final String USER = "auth.db.user";
    private static final String PASSWORD = "auth.db.password";
    private static final String PASSWORD_FILE = PASSWORD + "-file";
    private static final String POOL_SIZE = "auth.db.pool-size";
    private static final String SESSION_TTL = "auth.session.ttl";
    private static final String SESSION_RETENTION = "auth.session.retention";
    private static final String MAX_PER_USER = "auth.sessions.max-per-user";

    static final List<String> KEYS = List.of(
            URL, DIRECT_URL, USER, PASSWORD, PASSWORD_FILE, POOL_SIZE, SESSION_TTL, SESSION_RETENTION, MAX_PER_USER);

    private static final String POSTGRESQL = "jdbc:postgresql://";
    private static final Duration MIN_SESSION_TIME = Duration.ofSeconds(1);
    private static final Duration DEFAULT_SESSION_TIME = Duration.ofDays(30);

    private final SettingsReader reader;
    private final Path folder;

    /** @param folder the folder that relative paths start from */
    AuthSettings(SettingsReader reader, Path folder) {
        this.reader = reader;
        this.folder = folder;
    }

    DatabaseConfig database() {
        String url = reader.text(URL, "jdbc:h2:file:./data/auth");
        boolean isH2 = DatabaseConfig.isH2(url);
        if (!isH2 && !url.startsWith(POSTGRESQL)) {
            throw wrongUrl(URL, url, "jdbc:h2:… or jdbc:postgresql://…");
        }
        return new DatabaseConfig(
                url,
                reader.text(USER, ""),
                reader.secret(PASSWORD, PASSWORD_FILE, folder),
                reader.integer(POOL_SIZE, DatabaseConfig.DEFAULT_POOL_SIZE, 2, 1000),
                isH2 ? directUrlOfH2(url) : directUrlOfPostgresql(url));
    }

    /** Only one process can open an H2 database, so there is no pooler and no second URL. */
    private String directUrlOfH2(String url) {
        String directUrl = reader.text(DIRECT_URL, "");
        if (!directUrl.isEmpty()) {
            throw wrongUrl(DIRECT_URL, directUrl, "absent, because auth.db.url is an H2 database");
        }
        return url;
    }

    private String directUrlOfPostgresql(String url) {
        String directUrl = reader.text(DIRECT_URL, url);
        if (!directUrl.startsWith(POSTGRESQL)) {
            throw wrongUrl(DIRECT_URL, directUrl, POSTGRESQL + "…");
        }
        return directUrl;
    }

    /** The message does not include the password in the URL. */
    private static SettingsException wrongUrl(String key, String url, String allowed) {
        return new SettingsException(key, DatabaseConfig.withoutPassword(url), allowed);
    }

    SessionConfig sessions() {
        return new SessionConfig(
                reader.duration(SESSION_TTL, DEFAULT_SESSION_TIME, MIN_SESSION_TIME),
                reader.duration(SESSION_RETENTION, DEFAULT_SESSION_TIME, MIN_SESSION_TIME),
                reader.integer(MAX_PER_USER, SessionConfig.DEFAULT_MAX_PER_USER, 1, Integer.MAX_VALUE));
    }
}
