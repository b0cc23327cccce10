import org.jspecify.annotations.NullMarked;

/** Makes requests idempotent: a repeated request is not acted on again. */
@NullMarked
@SuppressWarnings("module") // the modules named below are built after this one
module idempotency {
    requires static org.jspecify;
    requires transitive database;
    requires transitive http;
    requires io.helidon.http;
    requires transitive io.helidon.webserver;

    exports idempotency to
            auth,
            notification,
            app;
}
