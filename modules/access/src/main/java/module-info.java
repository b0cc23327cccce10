import org.jspecify.annotations.NullMarked;

/** Who makes a call, and whether the caller may make it. Depends on no other module. */
@NullMarked
@SuppressWarnings("module") // the modules named below are built after this one
module access {
    requires static org.jspecify;

    exports access to
            app,
            http,
            push.transport;
}
