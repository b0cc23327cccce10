package database;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the URL of a database, and completes it for the driver. */
final class JdbcUrl {

    private static final String H2 = "jdbc:h2:";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final Pattern REMOTE = Pattern.compile("(?i)jdbc:h2:(tcp|ssl):");

    /** The settings that H2 must be opened with. A URL with another value is refused, not overridden. */
    private static final Map<String, String> H2_SETTINGS = new TreeMap<>(Map.of(
            // Otherwise the commits of the last half second are lost after a kill -9.
            "WRITE_DELAY", "0",
            // How long H2 keeps overwritten data, in milliseconds; the data that replaces it must be synced by then.
            // The default is 45 seconds: because each commit writes, the file would then grow by more than a gigabyte a
            // minute under load.
            "RETENTION_TIME", "5000",
            // H2's own shutdown hook would close the database while threads still use it; the application closes it
            // last.
            "DB_CLOSE_ON_EXIT", "FALSE",
            // Only one process can open the file; a second one gets an error.
            "AUTO_SERVER", "FALSE",
            "FILE_LOCK", "FS",
            // Large enough for every statement of a connection. With the default of 8, H2 spends a twentieth of its
            // time on parsing statements again.
            "QUERY_CACHE_SIZE", "64",
            // The same SQL as PostgreSQL, for example ON CONFLICT.
            "MODE", "PostgreSQL",
            "DATABASE_TO_LOWER", "TRUE",
            // A caller may wait for a row as long as for a connection. For PostgreSQL, each connection sets this.
            "LOCK_TIMEOUT", Long.toString(Database.WAIT_TIMEOUT.toMillis()),
            // H2's trace file only repeats the exceptions.
            "TRACE_LEVEL_FILE", "0"));

    private JdbcUrl() {}

    static boolean isH2(String url) {
        return url.startsWith(H2);
    }

    /**
     * Returns the URL for the driver.
     *
     * @throws IllegalArgumentException when the URL is for neither database, or has a setting that is not allowed
     */
    static String complete(String url) {
        if (url.startsWith(POSTGRESQL)) {
            return url;
        }
        if (!isH2(url)) {
            throw new IllegalArgumentException("it must be jdbc:h2:… or jdbc:postgresql://…");
        }
        if (REMOTE.matcher(url).lookingAt()) { // other processes could use the database too, and have no lock for that
            throw new IllegalArgumentException("an H2 server is not supported; name a file, or use PostgreSQL");
        }
        StringBuilder complete = new StringBuilder(interruptible(url));
        H2_SETTINGS.forEach((name, value) -> {
            String setting = ";" + name + "=";
            int at = upper(url).indexOf(setting);
            if (at < 0) {
                complete.append(setting).append(value);
            } else if (!upper(url.substring(at + setting.length())).matches(upper(value) + "(;.*)?")) {
                throw new IllegalArgumentException(name + " must be " + value);
            }
        });
        return complete.toString();
    }

    /**
     * Adds H2's {@code retry:}. An interrupt closes the file that a thread reads or writes, and with it the whole
     * database; {@code retry:} opens the file again.
     */
    private static String interruptible(String url) {
        String path = url.substring(H2.length());
        if (path.startsWith("file:")) {
            return H2 + "retry:" + path.substring("file:".length());
        }
        return path.startsWith(".") || path.startsWith("/") || path.startsWith("~") ? H2 + "retry:" + path : url;
    }

    /** The file of an H2 database; empty when the database is in memory. */
    static Optional<Path> h2File(String url) {
        String name = url.substring(H2.length()).replaceFirst(";.*", "");
        if (name.startsWith("mem:")) {
            return Optional.empty();
        }
        String path = name.replaceFirst("^([A-Za-z]{2,}:)+", ""); // H2's file systems, which may be nested
        if (!path.startsWith(".") && !path.startsWith("~") && !Path.of(path).isAbsolute()) {
            return Optional.empty(); // H2 refuses such a path
        }
        String home = System.getProperty("user.home");
        return Optional.of(Path.of(path.replaceFirst("^~", Matcher.quoteReplacement(home)) + ".mv.db"));
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    /** The URL without its password, as it may be shown and logged. */
    static String withoutPassword(String url) {
        return url.replaceAll("(?i)(password=)[^&;]*", "$1…")
                .replaceAll("//[^/@]*:[^/@]*@", "//…@")
                .replace("\n", "\\n") // a line break would end the message
                .replace("\r", "\\r");
    }
}
