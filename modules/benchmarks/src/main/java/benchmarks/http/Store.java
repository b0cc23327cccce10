package benchmarks.http;

import java.util.Locale;
import testing.TestDatabase;

/** The databases on which the server is measured; each one commits durably to the disk. */
enum Store {
    /** In the server's process. */
    H2,
    /** In its own process. */
    POSTGRESQL;

    /** Creates a new, empty database and returns its URL. */
    String freshUrl() {
        return switch (this) {
            case H2 -> TestDatabase.H2.freshUrl();
            // PostgreSQL's default. The server for tests responds before it has written the commit to disk.
            case POSTGRESQL -> TestDatabase.POSTGRESQL.freshUrl() + "&options=-c%20synchronous_commit=on";
        };
    }

    /** Returns the name in results. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns a short name, for charts. */
    String shortLabel() {
        return this == H2 ? "H2" : "PG";
    }
}
