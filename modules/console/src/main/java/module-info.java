import org.jspecify.annotations.NullMarked;

/** Shows the state of the hub to operators. */
@NullMarked
@SuppressWarnings("module") // app is built after this one
module console {
    requires static org.jspecify;
    requires transitive push.engine;
    requires http;
    requires io.helidon.http;
    requires transitive io.helidon.webserver;

    exports console to
            app;
}
