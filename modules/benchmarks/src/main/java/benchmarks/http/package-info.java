/**
 * What publishing and revoking over HTTP cost, and whether everything that was answered arrives.
 *
 * <p>Two processes: {@link benchmarks.http.ServerMain} is the server as {@code push serve} starts it, and {@link
 * benchmarks.http.HttpSuite} is its callers, each a virtual thread with a connection of its own, and a gateway. What
 * an answer promises and what the gateway gets are held against each other by an {@link benchmarks.http.Account}; once
 * the server has ended, {@link benchmarks.http.Rows} asks its database. {@code bin/bench http} starts the suite.
 */
@NullMarked
package benchmarks.http;

import org.jspecify.annotations.NullMarked;
