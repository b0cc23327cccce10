package auth;

import database.Migrations;
import java.util.List;

/** The tables of this module: {@code session}, {@code session_owner} and {@code revocation}. */
public final class Schema {

    private Schema() {}

    /** What brings the tables up to date. */
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
