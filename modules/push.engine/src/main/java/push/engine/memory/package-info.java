/**
 * The event log in memory, which ends with its process. It sees only {@code push.engine.spi}, as a log in another
 * module does.
 */
package push.engine.memory;
