import org.jspecify.annotations.NullMarked;

/**
 * What a backend domain says to the hub. Nobody outside this list can publish: neither at compile
 * time nor, in the runtime image, at run time.
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
