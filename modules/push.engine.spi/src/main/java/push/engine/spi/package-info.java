/**
 * The contract between the engine and an event log. The log orders all events and passes them to the engine's
 * {@link push.engine.spi.Tail}; the engine keeps recent events, cursors and subscriptions.
 *
 * <p>A provider, an {@link push.engine.spi.EventLogProvider}, opens an {@link push.engine.spi.EventLog} with a
 * {@link push.engine.spi.LogContext}. The hub starts the log once, appends to it from any thread, and closes it.
 */
package push.engine.spi;
