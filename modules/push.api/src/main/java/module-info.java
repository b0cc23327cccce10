import org.jspecify.annotations.NullMarked;

/**
 * The interface through which a backend domain publishes to the hub. Only the modules in the list below can publish:
 * the compiler enforces the list, and so does the runtime image at run time.
 */
@NullMarked
@SuppressWarnings("module") // the modules named below are built after this one
module push.api {
    requires static org.jspecify;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    exports push.api to
            auth,
            notification,
            push.engine;
}
