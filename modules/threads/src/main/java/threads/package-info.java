/**
 * The rule for threads that live as long as the hub: none of them ends unnoticed.
 *
 * <p>Such a thread runs its work step by step with {@link threads.Steps}. Whatever a step throws, the failure is logged
 * and counted, and the thread goes on with the next step. A thread that can't go on is dead, and a process that serves
 * ends with it. {@link threads.LongLived} names the threads; {@link threads.ThreadWatch} says how they fare, for metrics,
 * readiness and the process's end.
 */
package threads;
