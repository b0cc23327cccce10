import org.jspecify.annotations.NullMarked;
import push.engine.memory.MemoryLogProvider;
import push.engine.spi.EventLogProvider;

/** The hub's core: the log, cursors, subscriptions and the fan-out. Depends on neither gRPC nor a web server. */
@NullMarked
@SuppressWarnings("module") // the modules named below are built after this one
module push.engine {
    requires static org.jspecify;
    // Transitive for `Hub.publisher()`. The package of push.api stays closed to all modules but the publishers.
    requires transitive push.api;
    requires push.engine.spi;
    requires threads;

    exports push.engine to
            push.transport,
            console,
            app;

    uses EventLogProvider;

    provides EventLogProvider with
            MemoryLogProvider;
}
