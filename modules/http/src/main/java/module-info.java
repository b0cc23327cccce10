import org.jspecify.annotations.NullMarked;

/** What the HTTP calls of all modules share: JSON in, JSON out, and problems (RFC 9457). */
@NullMarked
@SuppressWarnings("module") // the modules named below are built after this one
module http {
    requires static org.jspecify;
    requires io.helidon.http;
    requires transitive access;
    requires transitive limits;
    requires transitive io.helidon.webserver;
    requires transitive tools.jackson.core;
    requires transitive tools.jackson.databind;

    exports http to
            idempotency,
            auth,
            notification,
            console,
            app;
}
