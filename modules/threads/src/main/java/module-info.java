import org.jspecify.annotations.NullMarked;

/** The rule that all long-lived threads follow: none of them ends unnoticed. Depends on no other module. */
@NullMarked
@SuppressWarnings("module") // the modules named below are built after this one
module threads {
    requires static org.jspecify;

    exports threads to
            app,
            auth,
            database,
            push.engine,
            push.postgres,
            push.transport;
}
