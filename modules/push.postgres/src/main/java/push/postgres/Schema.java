package push.postgres;

import database.Migrations;
import java.util.List;

/** The tables and functions of the log. */
final class Schema {

    private Schema() {}

    /** The migrations that update them. */
    static Migrations migrations() {
        return new Migrations(
                "log",
                name -> Schema.class.getModule().getResourceAsStream(name),
                List.of("migrations/log/001-log.sql", "migrations/log/002-append.sql"));
    }
}
