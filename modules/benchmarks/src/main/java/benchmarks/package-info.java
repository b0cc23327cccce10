/**
 * What the hub costs its publishers and its subscribers, measured in one process.
 *
 * <p>{@link benchmarks.FlatOut}, {@link benchmarks.Paced} and {@link benchmarks.Delivery} measure, {@link
 * benchmarks.AppendSuite} runs them and {@link benchmarks.AppendReport} prints the result. All of them see the
 * engine by way of {@link benchmarks.BenchHub} alone. {@code bin/bench append} starts the suite.
 */
@NullMarked
package benchmarks;

import org.jspecify.annotations.NullMarked;
