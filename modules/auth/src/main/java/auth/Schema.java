package auth;

import database.Migrations;
import java.util.List;

/** The tables of this module: {@code session}, {@code session_owner}, {@code revocation} and {@code outbox_owner}. */
public final class Schema {

    private Schema() {}

    /** The migrations that update the tables. */
    public static Migrations migrations() {
        return new Migrations(
                "auth",
                name -> Schema.class.getModule().getResourceAsStream(name),
                List.of(
                        "migrations/auth/001-sessions.sql",
                        "migrations/auth/002-times-of-a-user.sql",
                        "migrations/auth/003-ends-of-sessions.sql",
                        "migrations/auth/004-owner-of-the-outbox.sql"));
    }
}
