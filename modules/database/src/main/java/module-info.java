import org.jspecify.annotations.NullMarked;

/** The database in which publishers keep their records: H2 in a file, or PostgreSQL. */
@NullMarked
@SuppressWarnings("module") // the modules named below are built after this one
module database {
    requires static org.jspecify;
    requires com.zaxxer.hikari;
    requires transitive java.sql;
    requires threads;

    // Providers that only the service loader refers to. The linked image contains only required modules.
    requires com.h2database;
    requires org.postgresql.jdbc;
    requires org.slf4j.jul;

    exports database to
            idempotency,
            auth,
            notification,
            push.postgres,
            app;
}
