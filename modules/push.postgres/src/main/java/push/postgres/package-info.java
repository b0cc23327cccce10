/**
 * An event log in PostgreSQL, for several hubs. {@link push.postgres.BatchWriter} stores the events of this hub, many at
 * a time, and {@link push.postgres.TailFeeder} reads the events of all hubs. The order is decided in the database: see
 * the migration {@code 002-append.sql}.
 */
package push.postgres;
