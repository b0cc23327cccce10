/**
 * What a delivery costs when one event goes to many subscribers, for the hub and beside it for its peers.
 *
 * <p>Three processes: {@link benchmarks.fanout.TargetMain} is a server with a publisher inside, a {@link
 * benchmarks.fanout.Target}; {@link benchmarks.fanout.ClientMain} has its {@link benchmarks.fanout.Subscribers}, and
 * keeps a {@link benchmarks.fanout.Tally} for each; {@link benchmarks.fanout.FanoutSuite} starts them, tells them
 * line by line what to do, and reads what the kernel knows of them. {@link benchmarks.fanout.Contender} names what is
 * compared. {@code bin/bench fanout} starts the suite; {@code bin/bench serve} is {@link benchmarks.fanout.Serve}.
 */
@NullMarked
package benchmarks.fanout;

import org.jspecify.annotations.NullMarked;
