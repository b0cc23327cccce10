/**
 * What the HTTP calls of all modules have in common.
 *
 * <p>A handler reads its request with {@link http.JsonBody} or {@link http.Parameters}, answers with
 * {@link http.Json}, and throws a {@link http.Problem} for whatever the caller got wrong; {@link
 * http.Problems} turns every failure, the server's own included, into {@code application/problem+json}.
 */
package http;
