/**
 * The contract of an event log: it orders all events, and passes them to the engine in that order. The engine keeps
 * recent events, cursors and subscriptions.
 */
package push.engine.spi;
