import org.jspecify.annotations.NullMarked;

/** Accepts notifications, and publishes them as client events. */
@NullMarked
@SuppressWarnings("module") // app is built after this one
module notification {
    requires static org.jspecify;
    requires transitive idempotency;
    requires transitive push.api;
    requires com.networknt.schema;
    requires http;
    requires limits;
    requires io.helidon.http;
    requires transitive io.helidon.webserver;
    requires tools.jackson.databind;

    exports notification to
            app;
}
