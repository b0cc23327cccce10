import org.jspecify.annotations.NullMarked;
import push.engine.spi.EventLogProvider;
import push.postgres.PostgresLogProvider;

/** The event log in PostgreSQL, which several hubs share. */
@NullMarked
module push.postgres {
    requires static org.checkerframework.checker.qual; // the annotations of the driver's classes
    requires static org.jspecify;
    requires database;
    requires org.postgresql.jdbc;
    requires push.engine.spi;
    requires threads;

    provides EventLogProvider with
            PostgresLogProvider;
}
