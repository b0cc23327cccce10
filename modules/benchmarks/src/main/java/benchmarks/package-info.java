/**
 * The cost of the hub for its publishers and subscribers, measured in one process.
 *
 * <p>{@link benchmarks.FlatOut}, {@link benchmarks.Paced} and {@link benchmarks.Delivery} measure;
 * {@link benchmarks.AppendSuite} runs them, and {@link benchmarks.AppendReport} prints the result. All of them use the
 * engine only through {@link benchmarks.BenchHub}. {@code bin/bench append} starts the suite.
 */
@NullMarked
package benchmarks;

import org.jspecify.annotations.NullMarked;
