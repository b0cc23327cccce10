/**
 * The contract of {@code push.engine.spi} as tests. A log passes when a subclass of {@link logcontract.LogContract} for
 * it passes; {@link logcontract.LogFaults} says how the tests make the log fail.
 */
package logcontract;
