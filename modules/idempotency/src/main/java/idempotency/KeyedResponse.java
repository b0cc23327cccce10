package idempotency;

/**
 * The response to a request. Repeating the request with the same {@code Idempotency-Key} returns it again.
 *
 * @param status the HTTP status
 * @param json the body
 */
public record KeyedResponse(int status, String json) {}
