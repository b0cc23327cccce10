/**
 * Shared code of suites with several processes. A {@link benchmarks.process.Child} starts a process and sends it
 * commands, line by line; in the process, a {@link benchmarks.process.LineServer} executes them.
 * {@link benchmarks.process.ProcessUse} reads the resource usage of a process from the kernel.
 */
@NullMarked
package benchmarks.process;

import org.jspecify.annotations.NullMarked;
