/**
 * What suites of several processes have in common: a {@link benchmarks.process.Child} is started and told line by line
 * what to do, in which a {@link benchmarks.process.LineServer} obeys; the kernel says what it has used.
 */
@NullMarked
package benchmarks.process;

import org.jspecify.annotations.NullMarked;
