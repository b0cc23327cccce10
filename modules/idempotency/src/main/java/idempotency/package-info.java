/**
 * Makes requests idempotent: a repeated request is not acted on again.
 *
 * <p>{@link idempotency.IdempotencyKeys} remembers keys and responses in the database. {@link idempotency.KeyHeader}
 * reads the key of a request.
 */
package idempotency;
