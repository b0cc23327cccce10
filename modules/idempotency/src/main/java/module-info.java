import org.jspecify.annotations.NullMarked;

/** Lets a request be repeated without being acted on again. */
@NullMarked
@SuppressWarnings("module") // those that it is exported to are built after this one
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
