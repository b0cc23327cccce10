/**
 * The database in which publishers keep their records: H2 in a file, or PostgreSQL.
 *
 * <p>{@link database.Database} is the pool of connections. All changes are made in
 * {@link database.Database#inTransaction}, in plain SQL that both databases understand. {@link database.Migrations}
 * updates the tables of one module at the start. When something cannot be done now, because the database is busy or
 * down, a {@link database.DatabaseUnavailable} is thrown.
 */
package database;
