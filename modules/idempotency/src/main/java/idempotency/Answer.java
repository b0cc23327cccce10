package idempotency;

/**
 * What a caller is answered; the same again for the same {@code Idempotency-Key}.
 *
 * @param status the HTTP status
 * @param json the body
 */
public record Answer(int status, String json) {}
