/**
 * The cost of publishing and revoking over HTTP, and a check that every confirmed event and invalidation arrives.
 *
 * <p>There are two processes. {@link benchmarks.http.ServerMain} is the server as {@code push serve} starts it.
 * {@link benchmarks.http.HttpSuite} contains the callers, each a virtual thread with its own connection, and a gateway.
 * An {@link benchmarks.http.Account} compares what responses promise with what the gateway receives. After the server
 * has ended, {@link benchmarks.http.Rows} checks its database. {@code bin/bench http} starts the suite.
 */
@NullMarked
package benchmarks.http;

import org.jspecify.annotations.NullMarked;
