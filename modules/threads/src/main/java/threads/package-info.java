/**
 * The rule for threads that live as long as the hub: none of them ends unnoticed.
 *
 * <p>Such a thread runs its work step by step with {@link threads.Steps}. Whatever a step throws, the failure is logged
 * and counted, and the thread continues with the next step. A thread that cannot continue is dead, and a process that
 * serves ends with it. {@link threads.LongLived} names the threads. {@link threads.ThreadWatch} reports their state,
 * for metrics, readiness and the end of the process.
 */
package threads;
