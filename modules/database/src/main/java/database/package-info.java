/**
 * The database that publishers keep their records in: H2 in a file, or PostgreSQL.
 *
 * <p>{@link database.Database} is the pool of connections; all work is done in {@link
 * database.Database#inTransaction}, in plain SQL that both databases understand. {@link database.Migrations} brings
 * the tables of one module up to date, at the start. What can't be done now, because the database is busy or away,
 * is a {@link database.DatabaseUnavailable}.
 */
package database;
