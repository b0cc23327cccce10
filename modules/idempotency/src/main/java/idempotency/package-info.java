/**
 * Lets a request be repeated without being acted on again.
 *
 * <p>{@link idempotency.IdempotencyKeys} remembers keys and answers in the database; {@link idempotency.KeyHeader} reads
 * the key from a request.
 */
package idempotency;
