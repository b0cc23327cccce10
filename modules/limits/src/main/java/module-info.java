import org.jspecify.annotations.NullMarked;

/** Budgets that several modules share. Depends on no other module. */
@NullMarked
@SuppressWarnings("module") // the modules named below are built after this one
module limits {
    requires static org.jspecify;

    exports limits to
            app,
            auth,
            http,
            notification,
            push.transport;
}
