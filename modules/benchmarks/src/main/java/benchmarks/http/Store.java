package benchmarks.http;

import java.util.Locale;
import testing.TestDatabase;

/** The databases that the server is measured on, each with what it commits safe on the disk. */
enum Store {
    /** Inside the server. */
    H2,
    /** A process beside it. */
    POSTGRESQL;

    /** The URL of a new and empty one. */
    String freshUrl() {
        return switch (this) {
            case H2 -> TestDatabase.H2.freshUrl();
            // As PostgreSQL is by default; the server that tests get answers before it has written.
            case POSTGRESQL -> TestDatabase.POSTGRESQL.freshUrl() + "&options=-c%20synchronous_commit=on";
        };
    }

    /** Its name in results. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The same where there is little room. */
    String shortLabel() {
        return this == H2 ? "H2" : "PG";
    }
}
