package database;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;

/** What a database's URL says, and what is added to it. */
final class JdbcUrl {

    private static final String H2 = "jdbc:h2:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    /** How H2 has to be opened. A URL that says otherwise is refused rather than overruled. */
    private static final Map<String, String> H2_SETTINGS = new TreeMap<>(Map.of(
            // Otherwise what was committed within the last half second is gone after a kill -9.
            "WRITE_DELAY", "0",
            // How long it keeps what was overwritten, in milliseconds; what replaces it must have been synced by then.
            // By default 45 seconds: with a write for each commit the file grows by more than a gigabyte a minute under
            // load.
            "RETENTION_TIME", "5000",
            // H2's own shutdown hook would close it below those who still work; the application closes it last.
            "DB_CLOSE_ON_EXIT", "FALSE",
            // One process has the file; a second one is told so.
            "AUTO_SERVER", "FALSE",
            // Room for every statement of a connection; with that for 8, a twentieth of H2's work is to parse them
            // again.
            "QUERY_CACHE_SIZE", "64",
            // The same SQL as PostgreSQL's, ON CONFLICT for one.
            "MODE", "PostgreSQL",
            "DATABASE_TO_LOWER", "TRUE",
            // A row may be waited for as long as a connection. PostgreSQL is told by each connection.
            "LOCK_TIMEOUT", Long.toString(Database.PATIENCE.toMillis()),
            // Its trace file repeats what the exceptions say.
            "TRACE_LEVEL_FILE", "0"));

    private JdbcUrl() {}

    static boolean isH2(String url) {
        return url.startsWith(H2);
    }

    /**
     * The URL that the driver is given.
     *
     * @throws IllegalArgumentException when it is of neither database, or says what can't be
     */
    static String complete(String url) {
        if (url.startsWith(POSTGRESQL)) {
            return url;
        }
        if (!isH2(url)) {
            throw new IllegalArgumentException("it must be jdbc:h2:… or jdbc:postgresql://…");
        }
        StringBuilder complete = new StringBuilder(interruptible(url));
        H2_SETTINGS.forEach((name, value) -> {
            String setting = ";" + name + "=";
            int at = upper(url).indexOf(setting);
            if (at < 0) {
                complete.append(setting).append(value);
            } else if (!upper(url.substring(at + setting.length())).matches(upper(value) + "(;.*)?")) {
                throw new IllegalArgumentException(name + " must be left at " + value);
            }
        });
        return complete.toString();
    }

    /**
     * An interrupt closes the file of a thread that reads or writes it, and with it the whole database. H2's
     * {@code retry:} opens it again.
     */
    private static String interruptible(String url) {
        String path = url.substring(H2.length());
        if (path.startsWith("file:")) {
            return H2 + "retry:" + path.substring("file:".length());
        }
        return path.startsWith(".") || path.startsWith("/") || path.startsWith("~") ? H2 + "retry:" + path : url;
    }

    /** The file of an H2 database; empty when the database is in memory, or on another machine. */
    static Optional<Path> h2File(String url) {
        String name = url.substring(H2.length()).replaceFirst(";.*", "");
        if (name.startsWith("mem:") || name.startsWith("tcp:") || name.startsWith("ssl:")) {
            return Optional.empty();
        }
        String path = name.replaceFirst("^([A-Za-z]{2,}:)+", ""); // file systems of H2, one around another
        if (!path.startsWith(".") && !path.startsWith("~") && !Path.of(path).isAbsolute()) {
            return Optional.empty(); // H2 refuses it
        }
        String home = System.getProperty("user.home");
        return Optional.of(Path.of(path.replaceFirst("^~", Matcher.quoteReplacement(home)) + ".mv.db"));
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    /** The URL as it may be shown and logged. */
    static String withoutPassword(String url) {
        return url.replaceAll("(?i)(password=)[^&;]*", "$1…")
                .replaceAll("//[^/@]*:[^/@]*@", "//…@")
                .replace("\n", "\\n") // which would end the message
                .replace("\r", "\\r");
    }
}
