import org.jspecify.annotations.NullMarked;

/** Device sessions, kept in the database. When a session is revoked, every gateway receives an invalidation. */
@NullMarked
@SuppressWarnings("module") // app is built after this one
module auth {
    requires static org.jspecify;
    requires transitive database;
    requires transitive idempotency;
    requires transitive push.api;
    requires http;
    requires threads;
    requires io.helidon.http;
    requires transitive io.helidon.webserver;

    exports auth to
            app;
}
