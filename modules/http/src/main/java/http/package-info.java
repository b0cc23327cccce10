/**
 * What the HTTP calls of all modules share.
 *
 * <p>{@link http.Problems} puts filters in front of all handlers. They name each request, refuse requests of other
 * sites, ask {@link access.Access} whether the request is let in, and only then look at its body.
 *
 * <p>A handler reads its request with {@link http.JsonBody} or {@link http.Parameters}, sends its response with
 * {@link http.Json}, and throws a {@link http.Problem} for any mistake of the caller. {@link http.Problems} turns every
 * failure, including the server's own, into {@code application/problem+json}.
 */
package http;
