/**
 * The cost of a delivery when one event goes to many subscribers, for the hub and, in the same runs, for comparable
 * servers.
 *
 * <p>There are three processes. {@link benchmarks.fanout.TargetMain} is a server with a publisher in the same process,
 * a {@link benchmarks.fanout.Target}. {@link benchmarks.fanout.ClientMain} has the
 * {@link benchmarks.fanout.Subscribers}, and keeps a {@link benchmarks.fanout.Tally} for each one.
 * {@link benchmarks.fanout.FanoutSuite} starts the other two, sends them commands line by line, and reads their
 * resource usage from the kernel. {@link benchmarks.fanout.Contender} lists the servers that are compared.
 * {@code bin/bench fanout} starts the suite; {@code bin/bench serve} starts {@link benchmarks.fanout.Serve}.
 */
@NullMarked
package benchmarks.fanout;

import org.jspecify.annotations.NullMarked;
